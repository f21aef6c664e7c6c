"""What a line is like: how fast, how far, how lossy, how often it breaks. Pure arithmetic, no sockets."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

SEGMENT = 1000
"""Bytes that travel, and are lost, together."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A line between one phone and the county.

    `bits_per_second` each way (0: no limit); `round_trip` in seconds; `loss` is the share of segments that must be
    sent twice, each of which holds up what follows by `retransmit` round trips; `up_seconds` is the mean time between
    two breaks (0: never), after each of which nothing passes for `down_seconds`. Opening a connection costs
    `handshakes` round trips: one for TCP, two with TLS 1.3.
    """

    bits_per_second: float = 0.0
    round_trip: float = 0.0
    loss: float = 0.0
    retransmit: float = 1.5
    up_seconds: float = 0.0
    down_seconds: float = 0.0
    handshakes: int = 1


PLAIN = Link()
P2G = Link(bits_per_second=20_000, round_trip=1.0, loss=0.02, up_seconds=60.0, down_seconds=5.0)
"""The profile of the goals: 20 kbit/s both ways, 1 s, 2 % loss, a break about every 60 s (5 s long)."""


@dataclass
class Way:
    """One direction of a line: a queue that all connections share, as a radio is shared."""

    link: Link
    chance: Random
    free_at: float = 0.0
    crossed: int = 0
    """Bytes that left the sender, those sent twice counted twice."""

    def departs(self, size: int, now: float) -> tuple[float, float]:
        """When a segment has left the sender, and how much later than usual it arrives (seconds)."""
        again = self.chance.random() < self.link.loss
        sent = size * (2 if again else 1)
        self.crossed += sent
        start = max(now, self.free_at)
        self.free_at = start + (8 * sent / self.link.bits_per_second if self.link.bits_per_second else 0.0)
        late = self.link.retransmit * self.link.round_trip if again else 0.0
        return self.free_at, late


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to one connection.

    `cut_up` / `cut_down`: both ends are cut after so many bytes to or from the server (`cut_down=0`: the server
    acts, its reply never arrives). `copies`: the first request reaches the server so many times more, in parallel.
    `portal`: a captive portal answers with a page of its own; the server hears nothing.
    """

    cut_up: int | None = None
    cut_down: int | None = None
    copies: int = 0
    portal: bool = False


SOUND = Fault()


@dataclass
class Crossed:
    """What has passed a proxy."""

    connections: int = 0
    breaks: int = 0
    up: Way = field(default_factory=lambda: Way(PLAIN, Random(0)))
    down: Way = field(default_factory=lambda: Way(PLAIN, Random(0)))

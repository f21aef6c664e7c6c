"""One round trip on its way through the server: what was sent, by whom, and how its commands stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mulian.core.access.devices import Known, recognise
from mulian.core.sync import rates
from mulian.core.sync.accepting import Arrival, Sender, arrive
from mulian.core.sync.wire import Request
from mulian.kernel.problems import Problem


@dataclass(frozen=True)
class Standing:
    """What the intake knows of one id after the commit."""

    id: UUID
    device: UUID
    state: str
    code: str
    refs: dict[str, str]


@dataclass(slots=True)
class Turn:
    """Filled step by step: opened (who it is, rows of its commands), taken in (how they stand, where the feed is)."""

    request: Request
    token: str
    now: datetime
    known: Known | None = None
    arrivals: list[Arrival] = field(default_factory=list)
    standings: Sequence[Standing] = ()
    head: tuple[int, str] = (0, "")

    @property
    def phone(self) -> Known:
        """Whose turn it is, once it is open."""
        if self.known is None:
            raise Problem("device_unknown")
        return self.known


def open_turn(turn: Turn, access_version: int) -> None:
    """Recognises the phone and makes rows of what it sent. Raises `device_unknown`, `too_many`."""
    turn.known = known = recognise(turn.token, turn.now, moment=access_version)
    if known is None:
        raise Problem("device_unknown")
    sender = Sender(known.device, known.person, known.revoked or known.actor is None)
    turn.arrivals = [arrive(bytes(raw), sender=sender, now=turn.now) for raw in turn.request.commands]
    if turn.arrivals:
        rates.spend(known.device, [arrival.row.urgent for arrival in turn.arrivals])

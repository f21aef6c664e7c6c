"""The only place where Mulian asks what time it is.

Rules take time as an argument; shells (views, the worker loop, the command line) call `now()`. The demo clock
starts at any moment and runs at any speed, so that seven days can be watched in minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol
from zoneinfo import ZoneInfo

CN = ZoneInfo("Asia/Shanghai")
"""Days and months are those of Asia/Shanghai, whatever the server's own zone is."""


class Clock(Protocol):
    """Anything that can say what time it is, as an aware datetime in UTC."""

    def now(self) -> datetime: ...


def _real_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return _real_now()


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still at `at`."""

    at: datetime

    def now(self) -> datetime:
        return self.at.astimezone(UTC)


@dataclass(frozen=True)
class DemoClock:
    """A clock that showed `start` at the real instant `anchor` and runs `speed` times as fast.

    Processes given the same three values agree with each other; without an anchor it starts when it is made.
    """

    start: datetime
    speed: float = 1.0
    anchor: datetime = field(default_factory=_real_now)

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.anchor.tzinfo is None:
            raise ValueError("a demo clock needs times with a zone")
        if self.speed <= 0:
            raise ValueError("a demo clock runs forward: speed must be above 0")

    def at(self, real: datetime) -> datetime:
        """What this clock shows at the real instant `real`."""
        return self.start.astimezone(UTC) + (real - self.anchor) * self.speed

    def now(self) -> datetime:
        return self.at(_real_now())


_current: Clock = SystemClock()


class _InUse:
    """Given by `use`: as a context manager it puts the earlier clock back at the end."""

    def __init__(self, earlier: Clock) -> None:
        self._earlier = earlier

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        use(self._earlier)


def use(clock: Clock) -> _InUse:
    """Make `clock` the clock of this process from now on, or for a `with` block only."""
    global _current
    earlier, _current = _current, clock
    return _InUse(earlier)


def now() -> datetime:
    """The present moment, aware, in UTC; that of the demo clock where one is in use."""
    return _current.now()


def local_day(at: datetime) -> str:
    """The day of `at` in Asia/Shanghai as `2026-11-22`."""
    return at.astimezone(CN).date().isoformat()

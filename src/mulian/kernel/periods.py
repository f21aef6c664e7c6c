"""Half-open periods [start, end): an end that is also the next one's start belongs to the next one only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """From `start` (inside) to `end` (outside); without an end it is still open."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("a period ends before it starts")

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies inside."""
        return self.start <= at and (self.end is None or at < self.end)

    def overlap(self, other: Period) -> Period | None:
        """The part both share, or None; periods that only touch share nothing."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        if end is not None and end <= start:
            return None
        return Period(start, end)

    def closed(self, at: datetime) -> Period:
        """The same period ending at `at` at the latest (never before its start)."""
        end = at if self.end is None else min(at, self.end)
        return Period(self.start, max(self.start, end))

    @property
    def length(self) -> timedelta:
        """How long it lasts. An open period has no length: ValueError."""
        if self.end is None:
            raise ValueError("an open period has no length")
        return self.end - self.start


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same moments as few periods as possible, in order; touching ones become one, empty ones vanish."""
    result: list[Period] = []
    for period in sorted(periods, key=lambda each: each.start):
        if period.end == period.start:
            continue
        if result and (result[-1].end is None or period.start <= result[-1].end):
            last = result[-1]
            end = None if last.end is None or period.end is None else max(last.end, period.end)
            result[-1] = Period(last.start, end)
        else:
            result.append(period)
    return result

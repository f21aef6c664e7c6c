"""Working time: how much of it lies between two moments, and when a given amount has passed.

All hours are half-open [from, to), so a calendar open 00:00-24:00 every day equals the wall clock to the
second. Hours and days are those of Asia/Shanghai. Days off take their hours away; make-up workdays (调休),
which China declares every year, give a Saturday or Sunday ordinary hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period, merged

DAY_MINUTES = 24 * 60
_HORIZON_DAYS = 3660
_ZERO = timedelta(0)
_DAY = timedelta(days=1)

Hours = tuple[tuple[int, int], ...]
"""Open hours of a day as (from, to) in minutes after midnight, 0..1440, in order, not touching."""


@dataclass(frozen=True)
class Calendar:
    """Opening hours by weekday (0 is Monday), days off, and make-up workdays that count as Mondays do."""

    code: str
    hours: Hours = ((0, DAY_MINUTES),)
    weekdays: frozenset[int] = frozenset(range(7))
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        edges = [edge for span in self.hours for edge in span]
        if any(a >= b for a, b in pairwise(edges)):
            raise ValueError(f"calendar {self.code}: hours must be in order and not overlap")
        if edges and (edges[0] < 0 or edges[-1] > DAY_MINUTES):
            raise ValueError(f"calendar {self.code}: hours lie within 00:00-24:00")

    @property
    def is_round(self) -> bool:
        """Whether it never closes."""
        return (
            self.hours == ((0, DAY_MINUTES),)
            and len(self.weekdays) == 7
            and not self.holidays - self.workdays
        )

    @property
    def day(self) -> timedelta:
        """The working time of one ordinary day: what `days = 1` of a promise means in this calendar."""
        return timedelta(minutes=sum(end - start for start, end in self.hours))

    def works_on(self, day: date) -> bool:
        """Whether hours are open on `day`; a make-up workday wins over a day off."""
        return day in self.workdays or (day.weekday() in self.weekdays and day not in self.holidays)


ROUND = Calendar("round")
"""Round the clock: urgent promises, and those a pack counts in plain days."""


def open_on(calendar: Calendar, day: date) -> list[Period]:
    """The open periods of one day, in UTC."""
    if not calendar.works_on(day):
        return []
    midnight = datetime.combine(day, time(), CN).astimezone(UTC)
    return [
        Period(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end))
        for start, end in calendar.hours
    ]


def between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time in [start, end); zero when `end` is not after `start`."""
    if end <= start:
        return _ZERO
    if calendar.is_round:
        return end - start
    span = Period(start, end)
    shares = (period.overlap(span) for period in _open_from(calendar, start, end))
    return sum((share.length for share in shares if share), _ZERO)


def after(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The first moment at which `amount` of working time has passed since `start`.

    Nothing to wait for is due at once, even when closed. ValueError when the calendar stays closed for ten
    years.
    """
    if amount <= _ZERO:
        return start
    if calendar.is_round:
        return start + amount
    left = amount
    for period in _open_from(calendar, start, None):
        begin = max(period.start, start)
        share = (period.end or begin) - begin
        if share >= left:
            return begin + left
        left -= max(share, _ZERO)
    raise ValueError(f"calendar {calendar.code} is closed too long to count {amount}")


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether the moment is working time."""
    return any(period.holds(at) for period in open_on(calendar, at.astimezone(CN).date()))


def outside(calendar: Calendar, start: datetime, end: datetime, breaks: list[Period]) -> timedelta:
    """The working time in [start, end) that lies in none of the breaks; overlapping breaks count once."""
    span = Period(start, max(start, end))
    cut = [share for share in (each.overlap(span) for each in merged(breaks)) if share]
    paused = sum((between(calendar, each.start, each.end or end) for each in cut), _ZERO)
    return between(calendar, start, end) - paused


def _open_from(calendar: Calendar, start: datetime, end: datetime | None) -> Iterator[Period]:
    day = start.astimezone(CN).date()
    last = end.astimezone(CN).date() if end else day + _DAY * _HORIZON_DAYS
    while day <= last:
        yield from open_on(calendar, day)
        day += _DAY

"""Working time: how much of it lies between two moments, and when a given amount has passed.

All hours are half-open [from, to), so a calendar open 00:00-24:00 every day equals the wall clock to the
second. Hours and days are those of Asia/Shanghai. Days off take their hours away; make-up workdays (调休),
which China declares every year, give a Saturday or Sunday ordinary hours.

Working days are counted once for each calendar, so a deadline costs two look-ups however far away it is.
Shanghai's clock has stood at UTC+8 without summer time since 1991; counting begins with the year 2000.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from threading import Lock

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period, merged

DAY_MINUTES = 24 * 60
_HORIZON_DAYS = 3660
_ZERO = timedelta(0)
_DAY = timedelta(days=1)
_MICRO = timedelta(microseconds=1)
_MINUTE_US, _DAY_US = 60_000_000, 86_400_000_000
_FIRST = date(2000, 1, 1)
_BEGIN = datetime.combine(_FIRST, time(), CN).astimezone(UTC)

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

    @cached_property
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

    @cached_property
    def _days(self) -> _Days:
        return _Days(self)


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
    """The working time in [start, end); zero when `end` is not after `start`. ValueError before the year 2000."""
    if end <= start:
        return _ZERO
    if calendar.is_round:
        return end - start
    return timedelta(microseconds=calendar._days.before(end) - calendar._days.before(start))


def after(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The first moment at which `amount` of working time has passed since `start`.

    Nothing to wait for is due at once, even when closed. ValueError when the calendar stays closed for ten
    years, and before the year 2000.
    """
    if amount <= _ZERO:
        return start
    if calendar.is_round:
        return start + amount
    return calendar._days.when(start, amount).astimezone(start.tzinfo)


def outside(calendar: Calendar, start: datetime, end: datetime, breaks: list[Period]) -> timedelta:
    """The working time in [start, end) that lies in none of the breaks; overlapping breaks count once."""
    span = Period(start, max(start, end))
    cut = [share for share in (each.overlap(span) for each in merged(breaks)) if share]
    paused = sum((between(calendar, each.start, each.end or end) for each in cut), _ZERO)
    return between(calendar, start, end) - paused


class _Days:
    """How many working days lie before each day since the year 2000; grows as far as it is asked."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._spans = tuple((start * _MINUTE_US, end * _MINUTE_US) for start, end in calendar.hours)
        self._long = sum(end - start for start, end in self._spans)
        self._counts = [0]
        self._growing = Lock()

    def before(self, at: datetime) -> int:
        """Working time from the year 2000 until a moment, in microseconds."""
        day, rest = divmod(_since(at), _DAY_US)
        self._reach(day + 1)
        found = self._counts[day] * self._long
        if self._counts[day + 1] > self._counts[day]:
            found += sum(min(rest, end) - start for start, end in self._spans if start < rest)
        return found

    def when(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment with `amount` more working time before it than `start` has."""
        wanted = self.before(start) + amount // _MICRO
        days = -(-wanted // self._long) if self._long else 0
        last = len(self._counts) + _HORIZON_DAYS
        while self._counts[-1] < days and len(self._counts) < last:
            self._reach(len(self._counts) + 30)
        if not days or self._counts[-1] < days:
            raise ValueError(f"calendar {self._calendar.code} is closed too long to count {amount}")
        day = bisect_left(self._counts, days) - 1
        return _BEGIN + timedelta(
            days=day, microseconds=self._within(wanted - self._counts[day] * self._long)
        )

    def _within(self, left: int) -> int:
        """At which microsecond of a working day so much of it is over."""
        for start, end in self._spans:
            if left <= end - start:
                return start + left
            left -= end - start
        raise AssertionError("a working day is as long as its spans")

    def _reach(self, day: int) -> None:
        counts, works = self._counts, self._calendar.works_on
        if len(counts) > day:
            return
        with self._growing:
            while len(counts) <= day:
                counts.append(counts[-1] + works(_FIRST + _DAY * (len(counts) - 1)))


def _since(at: datetime) -> int:
    if at < _BEGIN:
        raise ValueError("working time is counted from the year 2000")
    return (at - _BEGIN) // _MICRO

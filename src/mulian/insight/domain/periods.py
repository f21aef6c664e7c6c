"""Days, weeks and months of Asia/Shanghai, and when their figures stop moving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mulian.kernel.clock import CN

SETTLES = timedelta(days=10)
"""After a period's end, so that what came in on its last day can be solved in its promised week."""


class By(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


SHOWN: dict[By, int] = {By.DAY: 30, By.WEEK: 13, By.MONTH: 12}
"""How many periods a line shows."""


@dataclass(frozen=True, order=True)
class Span:
    """One day, week (from Monday) or month: [since, until) as days of the county."""

    since: date
    until: date

    @property
    def start(self) -> datetime:
        return midnight(self.since)

    @property
    def end(self) -> datetime:
        return midnight(self.until)

    @property
    def settles(self) -> datetime:
        """From then on its figures are what they are."""
        return self.end + SETTLES

    def as_of(self, now: datetime) -> datetime:
        """Up to which moment it is counted."""
        return min(self.settles, now)


def midnight(day: date) -> datetime:
    """The first moment of a day in the county."""
    return datetime.combine(day, time(), CN)


def span(by: By, day: date) -> Span:
    """The period a day lies in."""
    if by is By.DAY:
        return Span(day, day + timedelta(days=1))
    if by is By.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=7))
    first = day.replace(day=1)
    return Span(first, (first + timedelta(days=32)).replace(day=1))


def spans(by: By, last: date, many: int) -> list[Span]:
    """So many periods in a row, oldest first, the last one holding `last`."""
    found = [span(by, last)]
    while len(found) < many:
        found.append(span(by, found[-1].since - timedelta(days=1)))
    return found[::-1]

"""Days, months and periods hold on every day there is: ends of months, leap days, New Year, either side of midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from mulian.insight.domain.periods import By, span, spans
from mulian.kernel.clock import CN, local_day
from mulian.modules.households.domain.catalogue import months_after

DAY = timedelta(days=1)
DAYS = [date(2023, 12, 25) + n * DAY for n in range(5 * 366)]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), -48, date(2024, 2, 29)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2027, 1, 31), -1, date(2026, 12, 31)),
        (date(2027, 1, 1), -13, date(2025, 12, 1)),
    ],
)
def test_so_many_months_later_is_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_months_are_counted_alike_from_every_day() -> None:
    for day in DAYS:
        for months in (-120, -1, 0, 1, 6, 11, 13, 120):
            then = months_after(day, months)
            assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
            assert then.day == day.day or (then + DAY).day == 1


@pytest.mark.parametrize("by", list(By))
def test_every_day_lies_in_one_period_and_periods_touch(by: By) -> None:
    for day in DAYS:
        held = span(by, day)
        assert held.since <= day < held.until
        assert span(by, held.since) == span(by, held.until - DAY) == held
    for one, other in pairwise(spans(by, DAYS[-1], 24)):
        assert one.until == other.since
        assert one.end == other.start


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, 999_999, tzinfo=UTC), "2026-12-31"),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), "2027-01-01"),
        (datetime(2028, 2, 28, 16, tzinfo=UTC), "2028-02-29"),
        (datetime(2028, 2, 29, 23, 59, tzinfo=CN), "2028-02-29"),
        (datetime(2028, 3, 1, 0, 1, tzinfo=CN), "2028-03-01"),
    ],
)
def test_a_day_is_the_countys_not_the_machines(at: datetime, day: str) -> None:
    assert local_day(at) == day

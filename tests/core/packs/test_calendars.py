"""What a pack's calendar says of years it does not know, and that counting goes on through them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mulian.core.packs import load
from mulian.core.packs.calendars import calendar_of, gaps
from mulian.kernel.clock import CN
from mulian.kernel.worktime import after, between

WORK: dict[str, Any] = {
    "code": "work",
    "unpublished": [2027],
    "holidays": [date(2026, 10, 1), date(2027, 10, 1)],
}


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 3, 1), ["the holidays of 2027 are not published yet"]),
        (date(2027, 11, 1), ["the holidays of 2027 are not published yet"]),
        (date(2027, 11, 2), ["the holidays of 2027 are not published yet", "no holiday of 2028 is listed"]),
        (date(2028, 2, 29), ["no holiday of 2028 is listed"]),
        (date(2028, 12, 31), ["no holiday of 2028 is listed", "no holiday of 2029 is listed"]),
        (date(2025, 12, 31), ["the holidays of 2027 are not published yet", "no holiday of 2025 is listed"]),
    ],
)
def test_a_year_whose_days_off_are_not_known_is_named(today: date, said: list[str]) -> None:
    assert [each.split(": ")[1].split(";")[0] for each in gaps(WORK, today)] == said


def test_a_calendar_that_keeps_no_holidays_lacks_none() -> None:
    assert gaps({"code": "round"}, date(2028, 2, 29)) == []


@pytest.mark.parametrize("name", ["dari", "gande", "haiyan", "zhiduo"])
@pytest.mark.parametrize("year", [2028, 2032, 2099])
def test_after_the_last_listed_year_weekdays_alone_are_counted(name: str, year: int) -> None:
    (row,) = (row for row in load(name).rows("calendars", "calendar") if row["code"] == "work")
    work = calendar_of(row)
    first, last = datetime(year, 1, 1, tzinfo=CN), datetime(year + 1, 1, 1, tzinfo=CN)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((last - first).days)]

    assert between(work, first, last) == sum(day.weekday() < 5 for day in days) * work.day
    assert after(work, datetime(year, 2, 28, 23, 59, tzinfo=CN), work.day).astimezone(CN).weekday() < 5

"""Working hours, holidays and make-up workdays as a pack writes them (calendars.toml)."""

from __future__ import annotations

from datetime import date, timedelta

from mulian.core.packs.pack import Pack, Table
from mulian.kernel.worktime import ROUND, Calendar

_MINUTES_A_DAY = 24 * 60
AHEAD = timedelta(days=60)
"""So long before a year its days off must be known: deadlines of today reach into it."""


def calendar_of(row: Table) -> Calendar:
    """One `[[calendar]]`. Raises ValueError for hours or weekdays that cannot be."""
    weekdays = frozenset(int(day) - 1 for day in row["weekdays"])
    if not weekdays <= frozenset(range(7)):
        raise ValueError("weekdays are 1 (Monday) to 7")
    return Calendar(
        code=row["code"],
        hours=tuple(_span(each) for each in row["hours"]),
        weekdays=weekdays,
        holidays=frozenset(row.get("holidays", ())),
        workdays=frozenset(row.get("workdays", ())),
    )


def working_time(pack: Pack, code: str) -> Calendar:
    """The pack's calendar of this code; one that never closes where it has none."""
    rows = (row for row in pack.rows("calendars", "calendar") if row["code"] == code)
    return next((calendar_of(row) for row in rows), ROUND)


def gaps(row: Table, today: date) -> list[str]:
    """Years whose days off are not all known, one sentence each. Counting goes on without them: by the days the law
    itself gives, or by the weekdays alone. A calendar that lists no day off at all keeps none.
    """
    unpublished = [year for year in row.get("unpublished", ()) if year >= today.year]
    listed = {day.year for day in row.get("holidays", ())}
    needed = {today.year, (today + AHEAD).year} if listed else set()
    return [
        *(
            f"calendar {row['code']}: the holidays of {year} are not published yet; until they are, only the days of "
            "the law count as free, and no Saturday or Sunday is worked"
            for year in unpublished
        ),
        *(
            f"calendar {row['code']}: no holiday of {year} is listed; until they are added to calendars.toml, every "
            "weekday of that year counts as worked and no other day"
            for year in sorted(needed - listed - set(unpublished))
        ),
    ]


def _span(text: str) -> tuple[int, int]:
    """`09:00-12:00` in minutes after midnight; 24:00 is the end of the day."""
    start, end = (_minutes(each) for each in text.split("-"))
    if start >= end:
        raise ValueError(f"hours {text} end before they start")
    return start, end


def _minutes(text: str) -> int:
    hours, minutes = (int(each) for each in text.split(":"))
    if not (0 <= minutes < 60 and 0 <= hours * 60 + minutes <= _MINUTES_A_DAY):
        raise ValueError(f"{text} is no time of day")
    return hours * 60 + minutes

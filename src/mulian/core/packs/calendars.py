"""Working hours, holidays and make-up workdays as a pack writes them (calendars.toml)."""

from __future__ import annotations

from mulian.core.packs.pack import Pack, Table
from mulian.kernel.worktime import ROUND, Calendar

_MINUTES_A_DAY = 24 * 60


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

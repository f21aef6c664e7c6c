"""When what was last said is to be asked again, and the days of all a family's items in a few bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from mulian.modules.households.domain.catalogue import months_after

BEGINNING = date(2000, 1, 1)
NEVER = 0xFFFF
"""Of what the catalogue does not know: it is known, and never asked again."""
SIZE = 2
DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def due_on(as_of: date, months: int) -> date:
    """The first day on which `Item.stale` says so of what was last said on `as_of` and stays fresh so long."""
    day = months_after(as_of, months)
    while months_after(day, -months) < as_of:
        day += DAY
    return day


def packed(days: Iterable[date | None]) -> bytes:
    """The days in order, each as its distance from the year 2000; None is never."""
    numbers = sorted(NEVER if day is None else min(NEVER - 1, max(0, (day - BEGINNING).days)) for day in days)
    return b"".join(number.to_bytes(SIZE, "big") for number in numbers)


def told(days: bytes, today: date) -> tuple[int, int]:
    """Of a family's packed days: how many items are known, and how many are due by today."""
    known, now = len(days) // SIZE, (today - BEGINNING).days

    def day(at: int) -> int:
        return int.from_bytes(days[at * SIZE : at * SIZE + SIZE], "big")

    return known, bisect_right(range(known), now, key=day)

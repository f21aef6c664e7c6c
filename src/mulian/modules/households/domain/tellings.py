"""Which of the things told holds on which day, for facts told late, in any order and more than once.

Each telling says: from `since` on it was so, and so it was still on `as_of`. Whoever looked later knows better: of
all tellings that reach a day (`since` ≤ day), the one with the latest `as_of` holds; of those as of one day the one
said later, and of those said at one moment the one with the greater key. So history does not depend on the order
of arrival, and a correction on the same day leaves the first telling standing with an empty period.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, order=True)
class Told:
    """One telling, in the order of who knows better."""

    as_of: date
    said_at: datetime
    key: int
    since: date


def ends(told: Iterable[Told]) -> dict[int, date | None]:
    """key → the day from which it holds no more (its `since`: on no day; None: it holds still)."""
    found: dict[int, date | None] = {}
    earliest: date | None = None
    for one in sorted(told, reverse=True):
        found[one.key] = None if earliest is None else max(one.since, earliest)
        earliest = one.since if earliest is None else min(earliest, one.since)
    return found

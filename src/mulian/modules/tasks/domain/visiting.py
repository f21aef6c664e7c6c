"""When a family is to be visited next: from the pack's duties and what is known, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOVED_AFTER = timedelta(days=1)
"""A place entered this much after the registration is a move; the first place is not."""


class Whom(StrEnum):
    """Which households a duty is about; only what the register knows and a family may know of."""

    ALL = "all"
    MOVED_IN = "moved_in"
    AT_CAMP = "at_camp"


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty of the pack. `days`: between two visits, or (moved in) until the one visit.

    `since`: when it began; a family never visited counts from there, so that nobody is late on the first day.
    `areas`: prefixes of the codes it holds in; empty: everywhere.
    """

    code: str
    name: Mapping[str, str]
    whom: Whom
    days: int
    since: datetime
    areas: tuple[str, ...] = ()

    def holds_in(self, area: str) -> bool:
        return not self.areas or area.startswith(self.areas)


@dataclass(frozen=True, kw_only=True)
class Family:
    """What is known of a household: since when registered here, living here, at its camp; the last visit."""

    area: str
    registered: datetime
    living: datetime
    camp: datetime | None = None
    visited: datetime | None = None


@dataclass(frozen=True, order=True)
class Due:
    """The next visit: when, and by which duty."""

    at: datetime
    duty: str


def next_visit(duties: Iterable[Duty], family: Family) -> Due | None:
    """The earliest visit any duty asks for; None when none does."""
    found = (_due(duty, family) for duty in duties if duty.holds_in(family.area))
    return min((due for due in found if due), default=None)


def _due(duty: Duty, family: Family) -> Due | None:
    after = timedelta(days=duty.days)
    match duty.whom:
        case Whom.ALL:
            return Due((family.visited or max(family.living, duty.since)) + after, duty.code)
        case Whom.MOVED_IN:
            moved = family.living >= duty.since and family.living - family.registered > MOVED_AFTER
            seen = family.visited is not None and family.visited >= family.living
            return Due(family.living + after, duty.code) if moved and not seen else None
        case Whom.AT_CAMP:
            return (
                Due(_latest(family.camp, family.visited, duty.since) + after, duty.code)
                if family.camp
                else None
            )


def _latest(*moments: datetime | None) -> datetime:
    return max(moment for moment in moments if moment)

"""Who belongs to which household from when, and which households are served: told late, in any order, taken back.

Each thing told says: from a day on it is so. What was told never changes; what is so on a day is worked out from all
of it. A death is the last thing that holds of a person, whatever was told of later days; taken back (it was a
mistake), it never happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from uuid import UUID

from mulian.kernel.clock import CN
from mulian.modules.households.domain.history import Spell, Told, spells

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
"""Since when a member belongs of whom nobody said otherwise: for as long as anybody knows."""


class Life(StrEnum):
    """What happens to a household."""

    CAME = "came"
    WENT = "went"
    SPLIT = "split"
    MERGED = "merged"
    CLOSED = "closed"
    REOPENED = "reopened"


class Why(StrEnum):
    """Why somebody came or went; `joined` and `left`: nobody said."""

    BIRTH = "birth"
    MARRIED_IN = "married_in"
    MOVED_IN = "moved_in"
    JOINED = "joined"
    DEATH = "death"
    MARRIED_OUT = "married_out"
    MOVED_OUT = "moved_out"
    LEFT = "left"
    NONE = ""


OPENS: dict[Life, bool | None] = {
    Life.SPLIT: True,
    Life.REOPENED: True,
    Life.MERGED: None,
    Life.CLOSED: None,
}
"""Whether a household is served from then on (the new one of a split), or no longer (None)."""
CAME = (Why.BIRTH, Why.MARRIED_IN, Why.MOVED_IN, Why.JOINED)
WENT = (Why.DEATH, Why.MARRIED_OUT, Why.MOVED_OUT, Why.LEFT)


@dataclass(frozen=True)
class Seat:
    """A member's place in a household: which, the lasting place in it, the relation to its head."""

    household: UUID
    position: int
    relation: str


def stays(told: Iterable[Told[Seat]], died: datetime | None) -> list[Spell[Seat]]:
    """Where a person belonged and when; nothing after a death."""
    if died is None:
        return spells(told)
    return spells([*(one for one in told if one.at < died), Told(died, 0, None)])


def served(told: Iterable[tuple[datetime, Life]], founded: bool) -> list[Spell[bool]]:
    """When a household was served, from what was told of it in the order of telling.

    `founded`: it began when another split; all others are served from the beginning until something is told.
    """
    first = [] if founded else [Told(BEGINNING, -1, True)]
    steps = [Told(at, turn, OPENS[what]) for turn, (at, what) in enumerate(told)]
    return spells(first + steps)


def from_day(day: date) -> datetime:
    """What is told of a day holds from its first moment in the county."""
    return datetime.combine(day, time.min, CN)

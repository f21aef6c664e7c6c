"""What cannot have happened: on a day before anybody could tell of it, before a birth, to somebody who is not there.

Each rule answers with the code of the Problem that says so in the reader's language, or with None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mulian.kernel.clock import CN
from mulian.modules.households.domain.history import Spell
from mulian.modules.households.domain.lives import BEGINNING, Seat, Why
from mulian.modules.households.domain.members import GROWN, Relation

EARLIEST = date(1900, 1, 2)
"""The first day anything is told of; a register's people were born after it."""


@dataclass(frozen=True)
class Person:
    """What the rules need to know of a member who belongs to a household."""

    id: UUID
    name: str
    birth_year: int | None
    relation: str
    speaks_for: bool
    position: int


def too_long_ago(moment: datetime) -> bool:
    return moment < datetime.combine(EARLIEST, datetime.min.time(), CN)


def cannot_come(
    why: Why, on: date, *, name: str, born: int | None, relation: str, present: Iterable[Person]
) -> str | None:
    """Why nobody of this name can have come on this day. Who has no name yet (empty) is nobody known: twins are two."""
    if born is not None and (on.year < born or (why == Why.BIRTH and on.year != born)):
        return "households.before_birth"
    others = list(present)
    if relation == Relation.HEAD and any(one.relation == Relation.HEAD for one in others):
        return "households.two_heads"
    if name and any(
        one.name == name and (one.birth_year or born) == (born or one.birth_year) for one in others
    ):
        return "households.came_already"
    return None


def cannot_go(why: Why, on: date, *, born: int | None, history: list[Spell[Seat]]) -> str | None:
    """Why somebody who belongs to a household cannot have left it on this day.

    A death may be heard after a split or a merger it came before; whoever leaves alive leaves where they were last.
    """
    if born is not None and on.year < born:
        return "households.before_birth"
    if not history:
        return None
    began = history[0].start if why == Why.DEATH else history[-1].start
    return "households.before_came" if began > BEGINNING and on < began.astimezone(CN).date() else None


def successor(people: Iterable[Person], year: int) -> UUID | None:
    """Who heads a household whose head left and of whom nobody was named: who speaks for it, the spouse, the eldest.

    Children only where nobody else is left; None of an empty household.
    """

    def turn(one: Person) -> tuple[bool, bool, bool, int, int]:
        young = one.birth_year is not None and year - one.birth_year < GROWN
        spouse = one.relation == Relation.SPOUSE
        return young, not one.speaks_for, not spouse, one.birth_year or year, one.position

    return min(people, key=turn).id if (people := list(people)) else None

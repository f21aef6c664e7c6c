"""Who has a task when liaisons come and go and families move: the task follows the place, not the person.

1. Whoever leaves has it no longer; what they answered stays.
2. Whoever comes gets it, unless the place has answered already.
3. A task for named people passes to their successors only when nobody named is left in that place.
4. One answer is enough for a family; what others had open for it is closed.
5. What a leaver wrote before leaving and sent afterwards counts: whoever came is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

AT_LEAST = timedelta(days=1)
"""Whoever comes late has at least a day."""
LASTS = timedelta(days=30)
"""So long after its due time an unanswered task still finds successors."""


class Aim(StrEnum):
    """To whom a task goes: everybody of a role in an area, named people, or named households."""

    AREA = "area"
    PEOPLE = "people"
    HOUSEHOLDS = "households"


class State(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    RELEASED = "released"


class Release(StrEnum):
    """Why somebody has a task no longer."""

    LEFT = "left"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Held:
    """One person's part of a task. `about` is the place (area code) or the household (its id)."""

    id: UUID
    about: str
    person: UUID
    state: State
    came_later: bool = False


@dataclass(frozen=True)
class Changes:
    """Rows to give out (about, person), to open again, and to close with the reason."""

    assign: tuple[tuple[str, UUID], ...] = ()
    reopen: tuple[UUID, ...] = ()
    release: tuple[tuple[UUID, Release], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.assign or self.reopen or self.release)


def follow(aim: Aim, held: Iterable[Held], serving: Mapping[str, frozenset[UUID]]) -> Changes:
    """What must change so that exactly those who serve now have it. `serving`: about → who serves there."""
    rows: dict[str, list[Held]] = {about: [] for about in serving}
    for row in held:
        rows.setdefault(row.about, []).append(row)
    parts = [_follow(aim, rows[about], about, serving.get(about, frozenset())) for about in sorted(rows)]
    return Changes(
        tuple(pair for part in parts for pair in part.assign),
        tuple(id for part in parts for id in part.reopen),
        tuple(pair for part in parts for pair in part.release),
    )


def _follow(aim: Aim, rows: list[Held], about: str, now: frozenset[UUID]) -> Changes:
    answered = any(row.state is State.ANSWERED for row in rows)
    opened = [row for row in rows if row.state is State.OPEN]
    release = [(row.id, why) for row in opened if (why := _release(aim, row, now, answered))]
    gone = {id for id, _ in release}
    staying = {row.person for row in opened if row.id not in gone}
    if answered or (aim is Aim.PEOPLE and staying):
        return Changes(release=tuple(release))
    back = {row.person: row.id for row in rows if row.state is State.RELEASED and row.person in now - staying}
    fresh = sorted(now - staying - set(back), key=str)
    return Changes(
        tuple((about, person) for person in fresh), tuple(sorted(back.values(), key=str)), tuple(release)
    )


def _release(aim: Aim, row: Held, now: frozenset[UUID], answered: bool) -> Release | None:
    if row.person not in now:
        return Release.LEFT
    if answered and (row.came_later or aim is Aim.HOUSEHOLDS):
        return Release.ANSWERED
    return None


def due_for(due: datetime, came: datetime) -> datetime:
    """When it is due for somebody who gets it at `came`."""
    return max(due, came + AT_LEAST)

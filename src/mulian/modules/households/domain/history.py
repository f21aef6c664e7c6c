"""Where a thing counted over time, from moves that may be told late and in any order.

Each move says: from `at` on it is there (or nowhere, when `place` is None). A place holds until the next move
by time of effect. Of two moves with the same time the one told later holds. So what is told does not depend
on when it is told: a move dated before the present place began enters history and leaves today as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

P = TypeVar("P")


@dataclass(frozen=True)
class Told(Generic[P]):
    """One move as told: when it took effect, its turn among all moves told, and where to."""

    at: datetime
    turn: int
    place: P | None


@dataclass(frozen=True)
class Spell(Generic[P]):
    """There during [start, end); without an end it still holds."""

    place: P
    start: datetime
    end: datetime | None

    def holds(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


def spells(moves: Iterable[Told[P]]) -> list[Spell[P]]:
    """The spells in order of time: never overlapping, never empty, equal neighbours joined."""
    effective = {told.at: told for told in sorted(moves, key=lambda m: (m.at, m.turn))}
    steps = list(effective.values())
    ends: list[datetime | None] = [*(step.at for step in steps[1:]), *([None] if steps else [])]
    found: list[Spell[P]] = []
    for step, end in zip(steps, ends, strict=True):
        if step.place is None:
            continue
        last = found[-1] if found else None
        if last is not None and last.place == step.place and last.end == step.at:
            found[-1] = Spell(last.place, last.start, end)
        else:
            found.append(Spell(step.place, step.at, end))
    return found


def at_moment(history: Iterable[Spell[P]], at: datetime) -> Spell[P] | None:
    """The spell that holds at a moment."""
    return next((spell for spell in history if spell.holds(at)), None)

"""Where households were on a day, how that is known, and how old it is. What nobody said stays unknown.

For code that acts inside a case, a service or an incident; persons ask through `actions.asking`, which keeps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.history import Spell, Told, at_moment, spells
from mulian.modules.households.domain.lives import Life, from_day
from mulian.modules.households.models import Camp, LifeEvent, Move

WHY = "whereabouts inside a case, a service or an incident"
MOST_STEPS = 8
"""How often a household that went into another is followed: mergers of mergers are rare."""


@dataclass(frozen=True)
class Stood:
    """One of a household's places on a day: since when, who said so, and when the county heard it."""

    area: str
    camp: Camp | None
    since: datetime
    told_at: datetime
    by: UUID

    def age(self, moment: datetime) -> timedelta:
        """How long it had been so."""
        return moment - self.since

    def heard_later(self, moment: datetime) -> bool:
        """Whether nobody at the county knew it at the moment itself."""
        return self.told_at > moment


@dataclass(frozen=True)
class Answer:
    """Where a household was at a moment. A kind of place that is missing: unknown (or, of a camp: in none).

    `through`: the household it had gone into by then, whose places these are.
    """

    moment: datetime
    places: Mapping[MoveKind, Stood] = field(default_factory=dict)
    through: UUID | None = None

    @property
    def basis(self) -> MoveKind | None:
        """The surest of camp, residing, registered."""
        surest = (MoveKind.CAMP, MoveKind.RESIDING, MoveKind.REGISTERED)
        return next((kind for kind in surest if kind in self.places), None)


def offered() -> bool:
    """The question can be asked in every installation."""
    return True


def moment_of(day: date, at: datetime) -> datetime:
    """A day's last moment, or now: where a household came to on that day."""
    return min(from_day(day + timedelta(days=1)) - timedelta(microseconds=1), at)


def stood(households: Iterable[UUID], moment: datetime) -> dict[UUID, Answer]:
    """household → where it was at a moment, by everything told until today; two queries for any number."""
    ids = list(dict.fromkeys(households))
    into = _went_into(ids, moment)
    moves = _moves({*ids, *into.values()}, moment)
    found: dict[UUID, Answer] = {}
    for id in ids:
        through = into.get(id)
        places = {kind: _stood(told, moment) for kind, told in moves[through or id].items()}
        known = {kind: place for kind, place in places.items() if place is not None}
        found[id] = Answer(moment, known, through)
    return found


def _moves(ids: Iterable[UUID], moment: datetime) -> defaultdict[UUID, dict[MoveKind, list[Move]]]:
    rows = Move.unscoped.because(WHY).filter(household__in=list(ids), at__lte=moment)
    found: defaultdict[UUID, dict[MoveKind, list[Move]]] = defaultdict(dict)
    for row in rows.select_related("camp"):
        found[row.household_id].setdefault(MoveKind(row.kind), []).append(row)
    return found


def _stood(moves: list[Move], moment: datetime) -> Stood | None:
    """The place that holds, and the telling that first said so: who repeats it later adds nothing."""
    by_turn = {move.turn: move for move in moves}
    history: list[Spell[str]] = spells(Told(move.at, move.turn, move.area_id) for move in moves)
    spell = at_moment(history, moment)
    if spell is None:
        return None
    last = max(moves, key=lambda move: (move.at, move.turn))
    first = min(
        (m for m in by_turn.values() if m.at == spell.start and m.area_id == spell.place),
        key=lambda move: move.recorded_at,
    )
    camp = last.camp if last.camp is not None and last.camp.area_id == spell.place else None
    return Stood(spell.place, camp, spell.start, first.recorded_at, first.by)


def _went_into(ids: Iterable[UUID], moment: datetime) -> dict[UUID, UUID]:
    """household → the one it had gone into by then, through as many mergers as there were."""
    rows = LifeEvent.unscoped.because(WHY).filter(
        taken_back_at__isnull=True, at__lte=moment, kind__in=(Life.MERGED, Life.CLOSED, Life.REOPENED)
    )
    found: dict[UUID, UUID] = {}
    waiting = {id: id for id in ids}
    for _ in range(MOST_STEPS):
        last = {row.household_id: row for row in rows.filter(household__in=set(waiting.values()))}
        steps = {id: last[now].other_id for id, now in waiting.items() if now in last and last[now].other_id}
        waiting = {id: other for id, other in steps.items() if other is not None}
        found |= waiting
        if not waiting:
            break
    return found

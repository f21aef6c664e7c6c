"""What was told of households' lives: who belonged on a day, what happened when, where a closed one went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from mulian.modules.households.domain.happening import Person, successor
from mulian.modules.households.domain.history import Spell, Told, at_moment
from mulian.modules.households.domain.lives import BEGINNING, Life, Seat, Why, from_day, stays
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.models import Belonging, LifeEvent, Member

WHY = "inside a household the caller has in scope"
SHOWN = 60
"""Things that happened, as many as a page shows."""


@dataclass(frozen=True)
class Seated:
    """A member as they belonged on a day: relation to the head, and since when (None: for as long as anybody knows)."""

    member: Member
    relation: str
    position: int
    since: datetime | None


def belonged(households: Iterable[UUID], day: date) -> dict[UUID, list[Seated]]:
    """household → who belonged to it on a day, in their order; three queries for any number."""
    ids, moment = list(households), from_day(day)
    moved = Belonging.unscoped.because(WHY).filter(household__in=ids).values("member")
    people = Member.unscoped.because(WHY).filter(Q(household__in=ids) | Q(id__in=moved))
    members = {member.id: member for member in people}
    found: dict[UUID, list[Seated]] = {id: [] for id in ids}
    for member, history in histories(members.values()).items():
        spell = at_moment(history, moment)
        if spell is not None and spell.place.household in found:
            since = None if spell.start == BEGINNING else spell.start
            seat = Seated(members[member], spell.place.relation, spell.place.position, since)
            found[spell.place.household].append(seat)
    for seats in found.values():
        seats.sort(key=lambda one: (one.position, str(one.member.id)))
    return found


def histories(members: Iterable[Member]) -> dict[UUID, list[Spell[Seat]]]:
    """member → where they belonged and when, by everything told and not taken back; one query."""
    held = {member.id: member for member in members}
    rows = Belonging.unscoped.because(WHY).filter(member__in=held).select_related("event")
    told: defaultdict[UUID, list[Belonging]] = defaultdict(list)
    for row in rows.order_by("id"):
        told[row.member_id].append(row)
    return {id: _history(member, told.get(id)) for id, member in held.items()}


def known(members: Iterable[Member]) -> list[Person]:
    """Members as the rules of a family's life know them."""
    return [
        Person(one.id, one.name, one.birth_year, one.relation, one.speaks_for, one.position)
        for one in members
    ]


def next_head(stay: Iterable[Member], year: int) -> Member | None:
    """Who would head those who stay, where the head is among those who leave."""
    people = {member.id: member for member in stay}
    if any(member.relation == Relation.HEAD for member in people.values()):
        return None
    heir = successor(known(people.values()), year)
    return people[heir] if heir else None


def _history(member: Member, rows: list[Belonging] | None) -> list[Spell[Seat]]:
    """Of whom nothing was told: there for as long as anybody knows."""
    if rows is None:
        first = Seat(member.household_id, member.position, member.relation)
        return [Spell(first, BEGINNING, member.gone_at)]
    valid = [row for row in rows if row.event is None or row.event.taken_back_at is None]
    deaths = [
        row.at for row in valid if row.household_id is None and row.event and row.event.why == Why.DEATH
    ]
    return stays((_told(row) for row in valid), min(deaths, default=None))


def _told(row: Belonging) -> Told[Seat]:
    place = Seat(row.household_id, row.position, row.relation) if row.household_id else None
    return Told(row.at, row.id, place)


def happened(household: UUID) -> list[LifeEvent]:
    """What was told of a household's life, the latest first; what was taken back too."""
    rows = LifeEvent.unscoped.because(WHY).filter(Q(household=household) | Q(other=household))
    rows = rows.select_related("household", "other").prefetch_related("belongings__member")
    return list(rows.order_by("-at", "-recorded_at", "-id")[:SHOWN])


def went_into(household: UUID, moment: datetime) -> UUID | None:
    """The household it had gone into by then, if that was the last that was told of it."""
    rows = LifeEvent.unscoped.because(WHY).filter(
        household=household, taken_back_at__isnull=True, at__lte=moment,
        kind__in=(Life.MERGED, Life.REOPENED, Life.CLOSED),
    )  # fmt: skip
    last = rows.order_by("at", "recorded_at", "id").last()
    return last.other_id if last is not None and last.kind == Life.MERGED else None

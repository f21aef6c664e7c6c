"""Some members are a household of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change, day_named, tell_readers
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.belonging import (
    GOES_ALONG,
    present,
    seat,
    settle_members,
    tell_life,
)
from mulian.modules.households.actions.changing import index_household
from mulian.modules.households.actions.heading import succeed
from mulian.modules.households.actions.moving import known_area
from mulian.modules.households.actions.placements import places_now
from mulian.modules.households.actions.registering import Registered, first_places, next_number
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.lives import Life
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.events import (
    HouseholdRegistered,
    HouseholdSplit,
)
from mulian.modules.households.models import Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.capacity import capacity_of

register(
    "households.split_members", 422, "Choose who leaves, and leave somebody behind.", "Choose the members."
)


@transaction.atomic
def split_household(
    *,
    household: UUID,
    members: Sequence[UUID],
    head: UUID,
    actor: Actor,
    at: datetime,
    residing: str | None = None,
    on: date | None = None,
    id: UUID | None = None,
) -> Registered:
    """Some members are a household of their own since a day, registered where the old one is, with a number of its own.

    Their facts, needs and papers go with them; camps, herds and all else of the household stay and are told anew.
    """
    authorise(household=household, actor=actor, permission=Permission.REGISTER, at=at)
    row = locked(household)
    leaving = [one for one in present(row) if one.id in set(members)]
    chief = next((one for one in leaving if one.id == head), None)
    if chief is None or len(leaving) != len(set(members)) or len(leaving) == len(present(row)):
        raise Problem("households.split_members")
    places = places_now(household, at)
    village = places[MoveKind.REGISTERED]
    home = known_area(residing) if residing else places.get(MoveKind.RESIDING) or village
    new = _found(row, chief, village, at, id or uuid7())
    event = tell_life(row, Life.SPLIT, on=on, other=new, actor=actor, at=at)
    first_places(new, village, home, event.at, at, actor)
    for turn, one in enumerate([chief, *(m for m in leaving if m != chief)], 1):
        seat(one, event, new, turn, Relation.HEAD if one == chief else Relation.OTHER)
    settle_members([one.id for one in leaving], at)
    renamed = succeed(row, event, at)
    registered = HouseholdRegistered(subject_id=new.id, number=new.number)
    tell_readers(new, registered, actor, at)
    index_household(new, at)
    told = HouseholdSplit(subject_id=row.id, into=str(new.id), since=day_named(event.at))
    announce_change(row, [*GOES_ALONG, *renamed], actor=actor, at=at, event=told)
    index_household(row, at)
    return Registered(new.id, new.number, tuple(c for c in [capacity_of(home, at)] if c and c.warns))


def _found(row: Household, chief: Member, village: str, at: datetime, id: UUID) -> Household:
    new = Household(
        id=id,
        number=next_number(village),
        name=chief.name,
        name_bo=chief.name_bo,
        phone=chief.phone,
        language=row.language,
        created_at=at,
    )
    new.save(force_insert=True)
    return new

"""Takes a household into the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Length

from mulian.core.access import scope
from mulian.core.areas.codes import Level, level
from mulian.core.areas.models import Area
from mulian.core.database.vendor import begins
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.changing import add_members, checked_language, index_household
from mulian.modules.households.actions.placements import reader_feeds, replay, village_codes
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.domain.numbers import number, running, series
from mulian.modules.households.events import HouseholdRegistered
from mulian.modules.households.models import Household, Move
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.capacity import Capacity, capacity_of

register("households.exists", 409, "This household is already registered.", "Open it and change it.")
register(
    "households.name_needed", 422, "The head's name is missing.", "Write the name of the household head."
)
register("households.village_needed", 422, "A village is needed here.", "Choose a village.")


@dataclass(frozen=True)
class Registered:
    """The new household, and how its grid area stands now (warnings only)."""

    household: UUID
    number: str
    warnings: tuple[Capacity, ...]


@transaction.atomic
def register_household(
    *,
    name: str,
    village: str,
    actor: Actor,
    at: datetime,
    residing: str | None = None,
    name_bo: str = "",
    phone: str = "",
    language: str = "bo",
    members: Sequence[MemberChange] = (),
    since: datetime | None = None,
    id: UUID | None = None,
) -> Registered:
    """Registers a family in a village; it lives in `residing` (a grid area; default: the village).

    Registered in one village and living in another is dual management: both places' workers see it.
    """
    scope.require_area(actor, Permission.REGISTER, village)
    home = residing or village
    _check(name, village, home, id)
    row = Household(
        id=id or uuid7(),
        number=next_number(village),
        name=name.strip(),
        name_bo=name_bo.strip(),
        phone=phone.strip(),
        language=checked_language(language),
        created_at=at,
    )
    row.save(force_insert=True)
    add_members(row, members, at)
    first_places(row, village, home, since or at, at, actor)
    index_household(row, at)
    append(
        HouseholdRegistered(subject_id=row.id, number=row.number),
        actor=actor,
        at=at,
        areas=village_codes([village, home]),
        feeds=reader_feeds([village, home]),
    )
    return Registered(row.id, row.number, tuple(c for c in [capacity_of(home, at)] if c and c.warns))


def _check(name: str, village: str, home: str, id: UUID | None) -> None:
    if not name.strip():
        raise Problem("households.name_needed")
    if Area.objects.filter(code__in={village, home}, valid_to__isnull=True).count() != len({village, home}):
        raise Problem("areas.unknown")
    if level(village) != Level.VILLAGE:
        raise Problem("households.village_needed")
    if id is not None and Household.unscoped.because("ids are unique everywhere").filter(id=id).exists():
        raise Problem("households.exists")


def next_number(village: str) -> str:
    """The village row is the lock of its series, so that two registrations never take one number."""
    Area.objects.select_for_update().get(code=village)
    rows = Household.unscoped.because("numbers are unique everywhere")
    numbers = rows.filter(begins("number", series(village))).values_list("number", flat=True)
    longest = numbers.order_by(Length("number").desc(), "-number").first() or ""
    last = running(longest) or max(map(running, numbers), default=0)
    return number(village, last + 1)


def first_places(
    row: Household, village: str, home: str, since: datetime, at: datetime, actor: Actor
) -> None:
    """Where a new household is registered and lives, since when."""
    for kind, area in ((MoveKind.REGISTERED, village), (MoveKind.RESIDING, home)):
        Move.unscoped.create(
            id=uuid7(),
            household=row,
            turn=1,
            kind=kind,
            area_id=area,
            at=since,
            recorded_at=at,
            by=actor.person,
        )
        replay(row.id, kind)

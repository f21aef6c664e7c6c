"""The duty board: what alarms, what is new, what is overdue, and what phones sent that is not a case yet."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from mulian.core.database.quick import fetch
from mulian.kernel.actor import Actor
from mulian.modules.cases.domain.states import TAKEABLE
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, mass
from mulian.modules.cases.queries.names import names_for

SHOWN, NEWEST, OVERDUE = 50, 12, 8
"""Alarms on the board, newest cases and overdue ones; the first is also how many arrivals its number watches."""
_JOINED = ("area", "responsible_unit", "responsible_person")


@dataclass(frozen=True, kw_only=True)
class Board:
    """`alarms`: urgent and not taken, oldest first. `number` changes whenever the board does.

    `unprocessed` commands wait to be applied (a report may be among them), `refused` ones lie in quarantine unseen.
    """

    alarms: list[Case]
    newest: list[Case]
    overdue: list[Case]
    unprocessed: int
    refused: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """An office on the line where nobody can take a case now (nobody posted, or all away without a deputy)."""

    unit: str
    unit_name: str
    area: str


def board(actor: Actor, at: datetime) -> Board:
    """Everything the duty officer must see, in a constant number of statements."""
    rows = _visible(actor, at)
    return Board(
        alarms=list(_alarms(rows).select_related(*_JOINED).order_by("received_at")[:SHOWN]),
        newest=list(rows.select_related(*_JOINED).order_by("-received_at", "-id")[:NEWEST]),
        overdue=list(_overdue(rows, at).select_related(*_JOINED).order_by("next_due", "id")[:OVERDUE]),
        unprocessed=unprocessed(),
        refused=refused(),
        number=board_number(actor, at),
    )


def board_number(actor: Actor, at: datetime) -> int:
    """One number for the screen's polling: from the ids and versions of what it shows, and counts of what is no case.

    It costs what the board shows, not what there is: counting 50,000 overdue cases each second did not.
    """
    rows = _visible(actor, at)
    lines = (
        _alarms(rows).order_by("received_at")[:SHOWN],
        rows.order_by("-received_at", "-id")[:SHOWN],
        _overdue(rows, at).order_by("next_due", "id")[:OVERDUE],
    )
    shown = [list(each.values_list("id", "rev")) for each in lines]
    parts = (shown, unprocessed(), refused(), mass.state())
    return zlib.crc32(repr(parts).encode())


def alarms(actor: Actor, at: datetime) -> int:
    """How many urgent cases nobody has taken, and mass events nobody looks after."""
    return _alarms(_visible(actor, at)).count() + mass.unseen(actor)


def unprocessed() -> int:
    """Commands received but not applied: already safe, not yet cases."""
    return _commands("state = 'received'") + _commands("state = 'parked'")


def refused() -> int:
    """Commands in quarantine that no officer has looked at."""
    return _commands("state = 'refused' AND seen_at IS NULL")


def _commands(condition: str) -> int:
    """The state stands in the text: as a parameter SQLite would read the whole intake, not the small index of it."""
    [(count,)] = fetch(f"SELECT COUNT(*) FROM sync_command WHERE {condition}", using=settings.INTAKE)
    return int(count)


def vacancies(actor: Actor, at: datetime, language: str) -> list[Vacancy]:
    """Offices in the actor's areas where nobody is: the gap itself is listed, not only its consequence."""
    held = ground.roster(at)
    present = {o.unit for o in held.officers if o.unit and (not o.on_leave or o.deputy)}
    empty = [
        unit
        for unit in held.units.values()
        if unit.kind in ("village", "township", "county_centre")
        and unit.code not in present
        and any(unit.area.startswith(area) for area in actor.areas)
    ]
    names = names_for([{"unit": unit.code} for unit in empty], language)
    return [
        Vacancy(unit=unit.code, unit_name=names.unit(unit.code), area=unit.area)
        for unit in sorted(empty, key=lambda unit: unit.area)
    ]


def _visible(actor: Actor, at: datetime) -> QuerySet[Case]:
    return Case.objects.visible_to(actor, Permission.DUTY, at=at)


def _alarms(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The states stand in the text, because SQLite uses the small index of alarms only then."""
    states = ", ".join(f"'{state.value}'" for state in sorted(TAKEABLE))
    takeable = RawSQL(f'"cases_case"."state" IN ({states})', (), output_field=BooleanField())
    return rows.filter(takeable, urgent=True)


def _overdue(rows: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """A closed case owes nothing, so the small index of what is due next is enough."""
    return rows.filter(next_due__lt=at)

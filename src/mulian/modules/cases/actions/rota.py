"""An officer edits the rota of listeners: put on, take off, give to somebody else, swap two."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import actions as access
from mulian.core.access import scope
from mulian.core.access.models import DutyShift, Posting
from mulian.core.access.permissions import Permission as Rota
from mulian.core.areas.models import Unit
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain.translating import SPOKEN
from mulian.modules.cases.queries.rota import LISTENERS, span
from mulian.modules.cases.queries.rules import rules

NO_LISTENER = register(
    "cases.no_listener",
    422,
    "This person's duty does not let them listen then.",
    "Choose somebody of the list.",
)
ON_ALREADY = register(
    "cases.on_already",
    422,
    "This person listens in these hours already.",
    "Choose somebody else, or other hours.",
)
OVER = register("cases.turn_over", 422, "These hours are over.", "Choose hours that are still to come.")
BAD_WATCH = register("cases.bad_watch", 422, "There is no such watch.", "Choose one of the table.")


@transaction.atomic
def put_on(*, person: UUID, language: str, day: date, watch: int, actor: Actor, at: datetime) -> DutyShift:
    """Puts somebody on one watch of a day. Raises `cases.no_listener`, `cases.on_already`, `cases.turn_over`,
    `cases.bad_watch`.
    """
    watches = rules().desk.watches
    if not 0 <= watch < len(watches) or language not in ("", *SPOKEN):
        raise Problem(BAD_WATCH)
    starts, ends = span(day, watches[watch])
    return _add(person, language, starts, ends, actor, at)


@transaction.atomic
def take_off(*, shift: UUID, actor: Actor, at: datetime) -> None:
    """Takes a turn off the rota. Raises `not_found`."""
    row = _turn(shift, actor)
    access.remove_shift(shift=row.id, actor=actor, at=at)


@transaction.atomic
def give(*, shift: UUID, to: UUID, actor: Actor, at: datetime) -> DutyShift:
    """Somebody else takes the turn. Raises what `put_on` raises."""
    row = _turn(shift, actor)
    access.remove_shift(shift=row.id, actor=actor, at=at)
    return _add(to, row.language, row.starts, row.ends, actor, at)


@transaction.atomic
def swap(*, one: UUID, other: UUID, actor: Actor, at: datetime) -> None:
    """Two people take each other's turns, or neither does."""
    first, second = _turn(one, actor), _turn(other, actor)
    for each in (first, second):
        access.remove_shift(shift=each.id, actor=actor, at=at)
    _add(second.person_id, first.language, first.starts, first.ends, actor, at)
    _add(first.person_id, second.language, second.starts, second.ends, actor, at)


def _add(
    person: UUID, language: str, starts: datetime, ends: datetime, actor: Actor, at: datetime
) -> DutyShift:
    if ends <= at:
        raise Problem(OVER)
    there = DutyShift.objects.filter(kind=DutyShift.Kind.LISTENING, person=person)
    if there.filter(starts__lt=ends, ends__gt=starts).exists():
        raise Problem(ON_ALREADY)
    unit = _unit(person, max(starts, at), actor)
    return access.add_shift(
        unit=unit, person=person, kind=DutyShift.Kind.LISTENING, language=language, starts=starts, ends=ends,
        actor=actor, at=at,
    )  # fmt: skip


def _unit(person: UUID, at: datetime, actor: Actor) -> UUID:
    """The office a person listens for; one the actor keeps the rota of."""
    held = Posting.objects.filter(
        person=person, role__in=LISTENERS, valid_from__lte=at, unit__isnull=False, person__is_active=True
    )
    found = (
        held.exclude(valid_to__lte=at).order_by("valid_from", "id").values_list("unit_id", flat=True).first()
    )
    if found is None:
        raise Problem(NO_LISTENER)
    scope.require_any(actor, Rota.ROTA)
    scope.require_area(actor, Rota.ROTA, Unit.objects.get(id=found).area_id)
    return found


def _turn(shift: UUID, actor: Actor) -> DutyShift:
    scope.require_any(actor, Rota.ROTA)
    rows = DutyShift.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.filter(id=shift, kind=DutyShift.Kind.LISTENING).first()
    if row is None:
        raise Problem("not_found")
    scope.require_area(actor, Rota.ROTA, row.unit.area_id)
    return row

"""Keeps who read what of a family, for the family (G9). Nobody's reading is left out, whatever their role."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.events import RecordRead, SlipGiven
from mulian.modules.households.models import Reading
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND

WHY = "what is kept for the family itself, whoever reads"
LONGEST = 200
AT_ONCE = 500
register(
    "households.slip_for_nobody",
    422,
    "Nobody of the family is named.",
    "Choose who of the family asks, and say how you know them.",
)


@transaction.atomic
def note_reading(
    *, households: Collection[UUID], way: Way, actor: Actor, at: datetime, why: str = ""
) -> None:
    """Counts one reading of each household; the first of a day is told to the log, one event a batch.

    The caller has checked that the actor may read; a program of ours without a person behind it reads nothing.
    """
    ids = sorted(set(households), key=str)
    for start in range(0, len(ids), AT_ONCE):
        _note(ids[start : start + AT_ONCE], way, why.strip()[:LONGEST], actor, at)


def _note(ids: list[UUID], way: Way, why: str, actor: Actor, at: datetime) -> None:
    day = at.astimezone(CN).date()
    same = Reading.unscoped.because(WHY).filter(on=day, person=actor.person, way=way, why=why)
    again = same.filter(household__in=ids)
    known = set(again.values_list("household", flat=True))
    again.update(times=F("times") + 1)
    new = [id for id in ids if id not in known]
    if not new:
        return
    rows = [
        Reading(household_id=id, on=day, person=actor.person, way=way, why=why, first_at=at) for id in new
    ]
    Reading.unscoped.because(WHY).bulk_create(rows, ignore_conflicts=True)
    read = RecordRead(subject_id=actor.person, households=[str(id) for id in new], way=way.value, why=why)
    append(read, actor=actor, at=at)


@transaction.atomic
def give_slip(*, household: UUID, asked_by: UUID | None, known_by: str, actor: Actor, at: datetime) -> None:
    """Somebody of the family was shown their record at the desk; who, and how they were known, is kept.

    Raises `not_found`, `households.slip_for_nobody`.
    """
    scope.require(actor, Permission.SLIP, kind=KIND, id=household, at=at)
    said = known_by.strip()[:LONGEST]
    if asked_by is None or not said:
        raise Problem("households.slip_for_nobody")
    append(SlipGiven(subject_id=household, asked_by=str(asked_by), known_by=said), actor=actor, at=at)
    note_reading(households=[household], way=Way.SLIP, actor=actor, at=at)

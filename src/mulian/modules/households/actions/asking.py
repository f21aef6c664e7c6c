"""Where a household was on a day: asked inside a case, a service or an incident only, and every asking is kept."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core import registry
from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.belonging import effective
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.events import WhereaboutsRead
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries.where import Answer, moment_of, stood

LONGEST = 200
register("households.purpose_needed", 422, "The purpose is missing.", "Say what the answer is needed for.")
register(
    "households.about_nobody",
    404,
    "No household is named here.",
    "Name the household in the case first.",
)


@transaction.atomic
def ask_where(
    *, kind: str, subject: UUID, on: date, purpose: str, actor: Actor, at: datetime
) -> tuple[UUID, Answer]:
    """The household a case (or service, or incident) is about, and where it was on a day.

    Raises `not_found` for a subject out of reach, `households.about_nobody`, `households.purpose_needed`,
    `households.in_future`. Who asked, in what, why and about which day stands in the log of the household.
    """
    scope.require_any(actor, Permission.WHERE)
    household = asked_about(kind, subject, actor, at)
    said = purpose.strip()[:LONGEST]
    if not said:
        raise Problem("households.purpose_needed")
    effective(on, at)
    answer = stood([household], moment_of(on, at))[household]
    read = WhereaboutsRead(
        subject_id=household, inside=kind, about=str(subject), day=on.isoformat(), purpose=said
    )
    append(read, actor=actor, at=at)
    note_reading(households=[household], way=Way.WHERE, actor=actor, at=at, why=said)
    return household, answer


def asked_about(kind: str, subject: UUID, actor: Actor, at: datetime) -> UUID:
    """The household that a subject in the actor's scope is about."""
    found = registry.about(kind, subject, actor, at)
    if found is None or found[0] != KIND:
        raise Problem("households.about_nobody")
    return found[1]

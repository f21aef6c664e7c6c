"""The administrator says which model sorts reports."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.events import SorterPutBack
from mulian.modules.cases.models import Sorter
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules

NO_BODY = register(
    "cases.sorter_gone",
    409,
    "This model is no longer kept.",
    "Choose a newer one, or none: then people decide.",
)


@transaction.atomic
def put_back(*, sorter: UUID | None, actor: Actor, at: datetime) -> Sorter | None:
    """This model sorts from now on; None: none does, only the pack's words. Raises `not_found`, `cases.sorter_gone`."""
    scope.require_any(actor, Permission.SORTER)
    chosen = Sorter.objects.select_for_update().filter(id=sorter).first() if sorter else None
    if sorter and (chosen is None or chosen.judged_at is None):
        raise Problem("not_found")
    if chosen is not None and chosen.body is None:
        raise Problem(NO_BODY)
    before = Sorter.objects.filter(state=Sorter.State.IN_USE).first()
    if before == chosen:
        return chosen
    if before is not None:
        before.state = Sorter.State.RETIRED
        before.save(update_fields=["state"])
    if chosen is not None:
        chosen.state, chosen.since = Sorter.State.IN_USE, at
        chosen.save(update_fields=["state", "since"])
    subject = chosen or before
    assert subject is not None
    event = SorterPutBack(
        subject_id=subject.id, sorter=chosen.name if chosen else "", before=before.name if before else ""
    )
    append(event, actor=actor, at=at, areas=[rules().county])
    return chosen

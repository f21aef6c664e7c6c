"""Takes a task back, with a reason everybody who had it can read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.access import scope
from mulian.core.areas.codes import within
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.tasks.actions import parts
from mulian.modules.tasks.actions.issuing import notify
from mulian.modules.tasks.actions.parts import KIND
from mulian.modules.tasks.domain.following import Release, State
from mulian.modules.tasks.domain.refusals import REASON_NEEDED, WITHDRAWN
from mulian.modules.tasks.events import TaskWithdrawn
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.permissions import Permission

REASON_LIMIT = 300


def may_withdraw(task: Task, actor: Actor) -> bool:
    """Who issued it, their office, or somebody whose duty to issue reaches the whole area without an office's bound."""
    duties = scope.granting(actor, Permission.ISSUE)
    return task.issuer_id == actor.person or any(
        (p.unit is not None and p.unit == task.issuer_unit_id)
        or (p.role not in scope.UNIT_BOUND and within(task.area_id, p.area))
        for p in duties
    )


@transaction.atomic
def withdraw(*, task: UUID, reason: str, actor: Actor, at: datetime) -> Task:
    """Closes every part not answered; answers stay. Raises `tasks.withdrawn` the second time."""
    scope.require(actor, Permission.ISSUE, kind=KIND, id=task, at=at)
    row = Task.unscoped.because("authorised above").select_for_update().get(id=task)
    if not may_withdraw(row, actor):
        raise Problem("forbidden")
    if row.withdrawn_at is not None:
        raise Problem(WITHDRAWN)
    why = reason.strip()[:REASON_LIMIT]
    if not why:
        raise Problem(REASON_NEEDED)
    open_ones = list(_open(row).select_for_update())
    parts.release(open_ones, Release.WITHDRAWN, at)
    row.withdrawn_at, row.withdrawn_by, row.reason, row.rev = at, actor.person, why, row.rev + 1
    row.save()
    persons = sorted({part.person_id for part in open_ones}, key=str)
    append(
        TaskWithdrawn(subject_id=row.id, reason=why),
        actor=actor,
        at=at,
        areas=[row.area_id],
        feeds=[feeds.of_person(person) for person in persons],
    )
    notify(row, persons, kind="withdrawn", title=N_("Withdrawn: %(title)s"), key="withdrawn", at=at)
    return row


def _open(task: Task) -> QuerySet[Assignment]:
    return Assignment.unscoped.because("the task was authorised").filter(task=task, state=State.OPEN)

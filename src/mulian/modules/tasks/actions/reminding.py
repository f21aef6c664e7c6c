"""The sweep over parts that are near or past their due time: liaison and one level up, each exactly once."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.database.batch import together
from mulian.core.database.rows import update_many
from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.modules.tasks.actions.issuing import notify
from mulian.modules.tasks.domain.following import State
from mulian.modules.tasks.domain.reminding import Fired, near_at, next_look, step_due
from mulian.modules.tasks.events import TaskNear, TaskOverdue
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.queries import serving
from mulian.modules.tasks.queries.rules import remind_at

BATCH, LIMIT = 100, 10_000
"""Parts a transaction (it stays short) and a run."""
EVENTS = {Fired.NEAR: TaskNear, Fired.OVERDUE: TaskOverdue}
OWN = {Fired.NEAR: N_("Due soon: %(title)s"), Fired.OVERDUE: N_("Overdue: %(title)s")}
ABOVE = {
    Fired.NEAR: N_("Due soon and not answered by all: %(title)s"),
    Fired.OVERDUE: N_("Overdue and not answered by all: %(title)s"),
}

Steps = defaultdict[tuple[UUID, Fired], list[Assignment]]


def sweep(now: datetime) -> int:
    """Fires what is due at `now`; any number of workers at once fire each step once. How many parts moved."""
    done = 0
    while done < LIMIT and (moved := _some(now)):
        done += moved
    return done


def _some(now: datetime) -> int:
    due = Assignment.unscoped.because("a sweep acts for everybody").filter(next_at__lte=now, state=State.OPEN)
    if not due.exists():
        return 0
    with transaction.atomic(), together():
        rows = list(skip_locked(due.order_by("next_at", "id"))[:BATCH])
        steps = _steps(rows, now)
        tasks = Task.unscoped.because("of these parts").in_bulk([row.task_id for row in rows])
        for (task, step), fired in steps.items():
            _fire(tasks[task], step, fired, now)
        update_many(rows, ["fired", "next_at"])
    return len(rows)


def _steps(rows: list[Assignment], now: datetime) -> Steps:
    """(task, step) → parts it fires for; every row knows afterwards when to look again."""
    found: Steps = defaultdict(list)
    for row in rows:
        near = near_at(row.assigned_at, row.due_at, remind_at())
        step = step_due(Fired(row.fired), near, row.due_at, now)
        if step is not None:
            row.fired = step
            found[row.task_id, step].append(row)
        row.next_at = next_look(Fired(row.fired), near, row.due_at)
    return found


def _fire(task: Task, step: Fired, rows: list[Assignment], now: datetime) -> None:
    """Each person and each officer above is told once a step, however many parts there are."""
    persons = sorted({row.person_id for row in rows}, key=str)
    name = step.name.lower()
    append(
        EVENTS[step](subject_id=task.id, persons=[str(p) for p in persons]),
        actor=SYSTEM,
        at=now,
        areas=[task.area_id],
    )
    urgent = task.urgent and step is Fired.OVERDUE
    notify(task, persons, kind=name, title=OWN[step], key=name, at=now, urgent=urgent)
    officers = {up for area in {row.area_id for row in rows} for up in serving.above(area, now, task.role)}
    others = sorted(officers - set(persons), key=str)
    notify(task, others, kind=name, title=ABOVE[step], key=f"{name}:above", at=now, urgent=urgent)

"""Open tasks follow their places: who serves there now has them, who left has them no longer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.areas.codes import within
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.modules.tasks.actions import parts
from mulian.modules.tasks.actions.issuing import notify
from mulian.modules.tasks.actions.parts import Given
from mulian.modules.tasks.domain.following import LASTS, Aim, Changes, Held, Release, State, follow
from mulian.modules.tasks.events import TaskFollowed
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.queries import serving


def follow_posting(event: Event, *, now: datetime) -> None:
    """Handler of duties opened and closed: tasks of that role around that area are looked at again."""
    area, role = event.data["area"], event.data["role"]
    for task in _living(now).filter(role=role):
        if within(area, task.area_id):
            settle(task, now, cause=event.id)


def follow_household(event: Event, *, now: datetime) -> None:
    """Handler of moves and closings: tasks about that family go to whoever serves it now."""
    about = Assignment.unscoped.because("a handler acts for all").filter(household=event.subject_id)
    for task in _living(now).filter(id__in=about.values("task_id")):
        settle(task, now, cause=event.id)


def _living(now: datetime) -> QuerySet[Task]:
    rows = Task.unscoped.because("a handler acts for every task that can still be answered")
    return rows.filter(withdrawn_at__isnull=True, due_at__gt=now - LASTS).order_by("id")


@transaction.atomic
def settle(task: Task, at: datetime, *, cause: UUID | None = None) -> Changes:
    """Makes who has the task equal to the rule; one event when anything changed."""
    rows = list(_rows(task).select_for_update().order_by("id"))
    areas, now = _serving(task, rows, at)
    changes = follow(Aim(task.aim), [_held(row) for row in rows], now)
    if changes:
        _write(task, rows, changes, areas, at, cause)
    return changes


def _rows(task: Task) -> QuerySet[Assignment]:
    return Assignment.unscoped.because("the rule looks at everybody's part").filter(task=task)


def _held(row: Assignment) -> Held:
    about = str(row.household) if row.household else row.area_id
    return Held(row.id, about, row.person_id, State(row.state), row.came_later)


def _serving(task: Task, rows: list[Assignment], at: datetime) -> tuple[dict[str, str], serving.Serving]:
    """about → area, and about → who serves there now."""
    if task.aim == Aim.HOUSEHOLDS:
        found = serving.of_households({row.household for row in rows if row.household}, at)
        inside = {str(id): (code, people) for id, (code, people) in found.items()}
        return {a: code for a, (code, _) in inside.items()}, {a: people for a, (_, people) in inside.items()}
    places = (
        serving.in_area(task.role, task.area_id, at)
        if task.aim == Aim.AREA
        else serving.in_places(task.role, {row.area_id for row in rows}, at)
    )
    return {code: code for code in places}, {c: people - {task.issuer_id} for c, people in places.items()}


def _write(
    task: Task,
    rows: list[Assignment],
    changes: Changes,
    areas: dict[str, str],
    at: datetime,
    cause: UUID | None,
) -> None:
    known = {row.id: row for row in rows}
    back = [known[id] for id in changes.reopen]
    for row in back:
        parts.reopen(row, task, areas[_held(row).about], at)
    for why in Release:
        parts.release([known[id] for id, because in changes.release if because is why], why, at)
    household = task.aim == Aim.HOUSEHOLDS
    given = [Given(p, areas[a], UUID(a) if household else None) for a, p in changes.assign]
    fresh = parts.give(task, given, at, later=True) if given else []
    came = sorted({row.person_id for row in [*fresh, *back]}, key=str)
    went = sorted({known[id].person_id for id, _ in changes.release}, key=str)
    followed = TaskFollowed(subject_id=task.id, given=[*map(str, came)], released=[*map(str, went)])
    append(
        followed,
        actor=SYSTEM,
        at=at,
        areas=[task.area_id],
        feeds=[feeds.of_person(person) for person in {*came, *went}],
        cause=cause,
    )
    notify(
        task, came, kind="issued", title=N_("New task: %(title)s"), key="issued", at=at, urgent=task.urgent
    )

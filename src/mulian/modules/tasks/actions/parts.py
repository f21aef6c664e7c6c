"""Writes people's parts of a task: given out, opened again, closed; and where the task counts. Called inside an act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.access import placing
from mulian.core.database.rows import insert
from mulian.kernel.ids import uuid7
from mulian.modules.tasks.domain.following import Release, State, due_for
from mulian.modules.tasks.domain.reminding import Fired, near_at
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.queries.rules import remind_at

KIND = "task"


@dataclass(frozen=True)
class Given:
    """A part to give out: to whom, in which area, perhaps for one household."""

    person: UUID
    area: str
    household: UUID | None = None

    @property
    def about(self) -> str:
        return str(self.household) if self.household else self.area


def give(task: Task, parts: Iterable[Given], at: datetime, *, later: bool = False) -> list[Assignment]:
    """Inserts the rows and places the task in their areas."""
    rows = [_row(task, part, at, later) for part in parts]
    insert(rows)
    areas = sorted({row.area_id for row in rows})
    placing.place(kind=KIND, id=task.id, places=[placing.Place(code, "handling") for code in areas], at=at)
    return rows


def _row(task: Task, part: Given, at: datetime, later: bool) -> Assignment:
    due = due_for(task.due_at, at) if later else task.due_at
    return Assignment(
        id=uuid7(),
        task=task,
        person_id=part.person,
        area_id=part.area,
        household=part.household,
        assigned_at=at,
        due_at=due,
        came_later=later,
        next_at=near_at(at, due, remind_at()),
    )


def reopen(row: Assignment, task: Task, area: str, at: datetime) -> None:
    """Whoever had it before has it again, as somebody who came late."""
    row.state, row.released_at, row.released_as = State.OPEN, None, ""
    row.area_id, row.assigned_at, row.due_at, row.came_later = area, at, due_for(task.due_at, at), True
    row.fired, row.next_at = Fired.NONE, near_at(at, row.due_at, remind_at())
    row.rev += 1
    row.save()
    placing.place(kind=KIND, id=task.id, places=[placing.Place(area, "handling")], at=at)


def release(rows: Iterable[Assignment], why: Release, at: datetime) -> None:
    """Closes open parts without an answer."""
    for row in rows:
        row.state, row.released_at, row.released_as, row.next_at = State.RELEASED, at, why, None
        row.rev += 1
        row.save(update_fields=["state", "released_at", "released_as", "next_at", "rev"])

"""What a text in the interpreters' queue belongs to: a case, or a task that was sent down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.access import scope
from mulian.core.access.models import Person
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening
from mulian.modules.cases.actions.spreading import KIND
from mulian.modules.cases.models import Case, Translation
from mulian.modules.cases.permissions import Permission
from mulian.modules.households import public as households
from mulian.modules.tasks import public as tasks

TASK = "task"


@dataclass(frozen=True)
class Subject:
    """Where a text counts, how soon it is needed, and who may not be sent it (`confidential`: no machine)."""

    kind: str
    id: UUID
    area: str
    urgent: bool
    confidential: bool
    case: Case | None = None


def of_case(case: Case) -> Subject:
    """A case, already open."""
    return Subject(KIND, case.id, case.area_id, case.urgent, case.complaint, case)


def of_task(task: tasks.Wording) -> Subject:
    """A task."""
    return Subject(TASK, task.id, task.area, task.urgent, False)


def locked(translation: UUID, actor: Actor, at: datetime) -> Subject:
    """For writing: the case before its text, as an answer given anew locks them. Raises `not_found`."""
    row = Translation.objects.filter(id=translation).only("subject_kind", "subject_id").first()
    if row is None:
        raise Problem("not_found")
    if row.subject_kind == KIND:
        opened = opening.open_case(row.subject_id, actor=actor, permission=Permission.TRANSLATE, at=at)
        return of_case(opened.case)
    scope.require(actor, Permission.TRANSLATE, kind=row.subject_kind, id=row.subject_id, at=at)
    return of_task(tasks.wordings([row.subject_id])[row.subject_id])


def area_of(kind: str, id: UUID) -> str:
    """Where a fact about it counts."""
    if kind == TASK:
        return tasks.wordings([id])[id].area
    return Case.unscoped.because("its area is where the fact counts").only("area_id").get(id=id).area_id


def names(subject: Subject) -> Iterator[str]:
    """Everybody it names: its people, its family and who speaks for it."""
    case = subject.case
    if case is None:
        yield from tasks.named(subject.id)
        return
    persons = [case.reporter_id, case.responsible_person_id, case.about_person_id]
    yield from Person.objects.filter(id__in=[each for each in persons if each]).values_list("name", flat=True)
    yield case.on_behalf_of
    if case.household:
        yield from households.names_of(case.household)

"""The interpreters' queue, and what stands beside the texts of a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.access.models import Person
from mulian.core.events.queries import timeline
from mulian.kernel.actor import Actor
from mulian.modules.cases.domain.translating import Piece
from mulian.modules.cases.models import Case, Translation
from mulian.modules.cases.permissions import Permission
from mulian.modules.tasks import public as tasks

CASE, TASK = "case", "task"
State = Translation.State


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A text of the queue with its case; without one it belongs to a task."""

    row: Translation
    case: Case | None
    mine: bool
    late: bool


@dataclass(frozen=True, kw_only=True)
class Version:
    """What stood there from a moment on: who wrote it, and from which words."""

    at: datetime
    by: str
    text: str
    original: str


def queue(actor: Actor, at: datetime, limit: int = 100) -> list[Asked]:
    """Texts nobody has translated yet, urgent first, then what is due first."""
    return _with_cases(list(queue_order(open_to(actor, at))[:limit]), actor, at)


def number(actor: Actor, at: datetime) -> int:
    """How many wait."""
    return open_to(actor, at).count()


def mine(actor: Actor, at: datetime) -> Asked | None:
    """The text this interpreter holds."""
    held = open_to(actor, at).filter(state=State.CLAIMED, claimed_by=actor.person)
    return next(iter(_with_cases(list(held[:1]), actor, at)), None)


def one(id: UUID, actor: Actor, at: datetime) -> Asked | None:
    """Any text within the actor's scope, also one that is done."""
    return next(iter(_with_cases(list(_seen(actor, at).filter(id=id)), actor, at)), None)


def recent(actor: Actor, at: datetime, limit: int = 10) -> list[Asked]:
    """What was written last, to be read again or put right."""
    rows = _seen(actor, at).filter(state=State.DONE, written_at__isnull=False, outdated=False)
    return _with_cases(list(rows.order_by("-written_at", "id")[:limit]), actor, at)


def open_to(actor: Actor, at: datetime) -> QuerySet[Translation]:
    """What the actor may translate and nobody has."""
    return _seen(actor, at).exclude(state=State.DONE)


def queue_order(rows: QuerySet[Translation]) -> QuerySet[Translation]:
    return rows.order_by("-urgent", "due_at", "id")


def beside(case: UUID) -> list[Translation]:
    """Every translation of a case's texts; the caller has checked the case's scope."""
    rows = Translation.objects.filter(subject_id=case, subject_kind=CASE).select_related("written_by")
    return list(rows.order_by("asked_at", "id"))


def answers_of(cases: Iterable[Case]) -> dict[UUID, Translation]:
    """case → the translation of its answer, where there is one that fits what was answered."""
    wanted = {case.same_as_id or case.id: case for case in cases if case.answer_text}
    if not wanted:
        return {}
    rows = Translation.objects.filter(
        source__in=wanted, piece=Piece.ANSWER, outdated=False, written_at__isnull=False
    )
    fitting = {row.source: row for row in rows}
    return {
        case.id: fitting[main]
        for case in cases
        if (main := case.same_as_id or case.id) in fitting and fitting[main].original == case.answer_text
    }


def versions(row: Translation) -> list[Version]:
    """Every wording of it, newest first, from the log; erased ones are left out."""
    facts = [
        each
        for each in timeline(row.subject_kind, row.subject_id)
        if each.event.name == "cases.translation_written" and each.values.get("translation") == str(row.id)
    ]
    people = Person.objects.in_bulk([each.event.actor for each in facts])
    return [
        Version(
            at=each.event.recorded_at,
            by=people[each.event.actor].name if each.event.actor in people else "",
            text=str(each.values["text"]),
            original=str(each.values.get("original", "")),
        )
        for each in reversed(facts)
        if each.values.get("text")
    ]


def _seen(actor: Actor, at: datetime) -> QuerySet[Translation]:
    seen = Case.objects.visible_to(actor, Permission.TRANSLATE, at=at).values("id")
    sent = tasks.visible(actor, Permission.TRANSLATE, at)
    rows = Translation.objects.filter(
        Q(subject_kind=CASE, subject_id__in=seen) | Q(subject_kind=TASK, subject_id__in=sent)
    )
    return rows.select_related("claimed_by", "written_by")


def _with_cases(rows: list[Translation], actor: Actor, at: datetime) -> list[Asked]:
    found: Any = Case.unscoped.because("the rows were found inside the actor's scope")
    cases = found.select_related("area").in_bulk([row.subject_id for row in rows if row.subject_kind == CASE])
    return [
        Asked(
            row=row,
            case=cases.get(row.subject_id),
            mine=row.claimed_by_id == actor.person,
            late=row.state != State.DONE and row.due_at <= at,
        )
        for row in rows
    ]

"""A task's words: as they were sent, in the other language, and by whom they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mulian.core.access.models import Person
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.text import language_of
from mulian.modules.households import public as households
from mulian.modules.tasks.domain.following import Release
from mulian.modules.tasks.domain.wording import Words, read
from mulian.modules.tasks.models import Assignment, Task


@dataclass(frozen=True)
class Wording:
    """What an interpreter needs to know of a task."""

    id: UUID
    area: str
    urgent: bool
    own: Words
    other: Words
    withdrawn: bool
    reason: str


def own(task: Task) -> Words:
    """As it was sent."""
    return Words(task.title, task.text, language_of(f"{task.title} {task.text}"))


def other(task: Task) -> Words:
    """The same in the other language, where it is there."""
    return Words(task.other_title, task.other_text, task.other_language)


def words_in(task: Task, language: str) -> Words:
    """What a page in this language shows first."""
    return read(own(task), other(task), language)


def reason(task: Task) -> Words:
    """Why it was taken back, as it was written."""
    return Words(task.reason, "", language_of(task.reason))


def other_reason(task: Task) -> Words:
    """The same in the other language, where it is there."""
    return Words(task.other_reason, "", language_of(task.other_reason))


def reason_in(task: Task, language: str) -> str:
    """What a page in this language shows first of why it was taken back."""
    return read(reason(task), other_reason(task), language).title


def by_title(task: Task, persons: Iterable[UUID]) -> dict[str, list[UUID]]:
    """The title in everybody's own language → who reads it so."""
    named = list(dict.fromkeys(persons))
    if not task.other_title:
        return {task.title: named}
    spoken = dict(Person.objects.filter(id__in=named).values_list("id", "language"))
    found: dict[str, list[UUID]] = {}
    for person in named:
        found.setdefault(words_in(task, spoken.get(person, "")).title, []).append(person)
    return found


def wordings(ids: Iterable[UUID]) -> dict[UUID, Wording]:
    """Of these tasks; the caller has checked that they are the reader's to see."""
    rows = Task.unscoped.because("found inside the reader's scope").filter(id__in=set(ids))
    return {row.id: _wording(row) for row in rows}


def readers(task: UUID, at: datetime) -> set[str]:
    """The languages of everybody who has it, and of the families it is about."""
    rows = Assignment.unscoped.because("only languages leave").filter(task=task)
    return _spoken(rows.exclude(released_as=Release.WITHDRAWN), at)


def left_with(task: UUID, at: datetime) -> set[str]:
    """The languages of everybody it was taken back from, and of the families it was about."""
    rows = Assignment.unscoped.because("only languages leave").filter(task=task)
    return _spoken(rows.filter(released_as=Release.WITHDRAWN), at)


def _spoken(rows: QuerySet[Assignment], at: datetime) -> set[str]:
    found = set(rows.values_list("person__language", flat=True))
    about = [id for id in rows.values_list("household", flat=True) if id]
    return found | {each.language for each in households.brief(about, SYSTEM, at).values()}


def named(task: UUID) -> set[str]:
    """The names of everybody who has it, and in the families it is about."""
    rows = Assignment.unscoped.because("names that must not be remembered").filter(task=task)
    found = set(rows.values_list("person__name", flat=True))
    about = {id for id in rows.values_list("household", flat=True) if id}
    return found | {name for id in about for name in households.names_of(id)}


def visible(actor: Actor, permission: str, at: datetime) -> Any:
    """The ids of tasks the actor may do this with, for a query of another module."""
    return Task.objects.visible_to(actor, permission, at=at).values("id")


def _wording(row: Task) -> Wording:
    withdrawn = row.withdrawn_at is not None
    return Wording(row.id, row.area_id, row.urgent, own(row), other(row), withdrawn, row.reason)

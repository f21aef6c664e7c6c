"""Puts a task's words into the other language; who has the task gets them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mulian.core.access import scope
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.text import language_of
from mulian.modules.tasks.actions.parts import KIND
from mulian.modules.tasks.domain.following import Release, State
from mulian.modules.tasks.domain.wording import other, other_reason
from mulian.modules.tasks.events import TaskReasonReworded, TaskReworded
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.permissions import Permission


@transaction.atomic
def reword(*, task: UUID, title: str, text: str, actor: Actor, at: datetime) -> Task:
    """Writes the other language's words, or puts them right. Raises what `other` refuses."""
    scope.require(actor, Permission.WORD, kind=KIND, id=task, at=at)
    row = Task.unscoped.because("authorised above").select_for_update().get(id=task)
    words = other(row.title, row.text, title, text)
    if (row.other_title, row.other_text) == (words.title, words.text):
        return row
    row.other_language, row.other_title, row.other_text = words.language, words.title, words.text
    row.rev += 1
    row.save()
    parts = Assignment.unscoped.because("who is told").filter(task=row).exclude(state=State.RELEASED)
    event = TaskReworded(subject_id=row.id, language=words.language, title=words.title, text=words.text)
    append(event, actor=actor, at=at, areas=[row.area_id], feeds=_feeds(parts))
    return row


@transaction.atomic
def reword_reason(*, task: UUID, reason: str, actor: Actor, at: datetime) -> Task:
    """Writes in the other language why a task was taken back, for who had it. Raises what `other_reason` refuses."""
    scope.require(actor, Permission.WORD, kind=KIND, id=task, at=at)
    row = Task.unscoped.because("authorised above").select_for_update().get(id=task)
    theirs = other_reason(row.reason, reason)
    if row.other_reason == theirs:
        return row
    row.other_reason, row.rev = theirs, row.rev + 1
    row.save()
    parts = Assignment.unscoped.because("who had it").filter(task=row, released_as=Release.WITHDRAWN)
    event = TaskReasonReworded(subject_id=row.id, language=language_of(theirs), reason=theirs)
    append(event, actor=actor, at=at, areas=[row.area_id], feeds=_feeds(parts))
    return row


def _feeds(parts: QuerySet[Assignment]) -> list[str]:
    persons = sorted(set(parts.values_list("person_id", flat=True)), key=str)
    return [feeds.of_person(person) for person in persons]

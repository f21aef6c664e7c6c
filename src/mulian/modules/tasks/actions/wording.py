"""Puts a task's words into the other language; who has the task gets them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.modules.tasks.actions.parts import KIND
from mulian.modules.tasks.domain.following import State
from mulian.modules.tasks.domain.wording import other
from mulian.modules.tasks.events import TaskReworded
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
    persons = sorted(set(parts.values_list("person_id", flat=True)), key=str)
    event = TaskReworded(subject_id=row.id, language=words.language, title=words.title, text=words.text)
    append(event, actor=actor, at=at, areas=[row.area_id], feeds=[feeds.of_person(p) for p in persons])
    return row

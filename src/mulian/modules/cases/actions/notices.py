"""The words of tasks sent down go through the interpreters' queue, by the events of tasks, and back into the task."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM, Actor
from mulian.modules.cases.actions import texts
from mulian.modules.cases.actions.asking_translation import ask
from mulian.modules.cases.actions.subjects import of_task
from mulian.modules.cases.domain.translating import Piece, notice, notice_of
from mulian.modules.cases.models import Translation
from mulian.modules.tasks import public as tasks


@transaction.atomic
def translate_task(event: Event, *, now: datetime) -> None:
    """Handler of tasks issued or given to more people: asks where some of them cannot read it; of tasks withdrawn."""
    task = tasks.wordings([event.subject_id])[event.subject_id]
    row = Translation.objects.select_for_update().filter(source=task.id, piece=Piece.NOTICE).first()
    if task.withdrawn:
        if row is not None and row.state != Translation.State.DONE:
            texts.end(row, row.original)
        return
    if row is None and not task.other.title:
        words = notice(task.own.title, task.own.text)
        readers = tasks.readers(task.id, now)
        ask(of_task(task), piece=Piece.NOTICE, text=words, readers=readers, actor=SYSTEM, at=now)


def keep(row: Translation, actor: Actor, at: datetime) -> None:
    """Inside an act: what an interpreter wrote becomes the task's words. Raises what tasks refuse."""
    title, text = notice_of(row.text)
    tasks.reword(task=row.subject_id, title=title, text=text, actor=actor, at=at)

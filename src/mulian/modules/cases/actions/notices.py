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
    """Handler of tasks issued, given to more people, or taken back: asks where some of them cannot read it, or why."""
    task = tasks.wordings([event.subject_id])[event.subject_id]
    row = Translation.objects.select_for_update().filter(source=task.id, piece=Piece.NOTICE).first()
    if task.withdrawn:
        if row is not None and row.state != Translation.State.DONE:
            texts.end(row, row.original)
        _ask(task, Piece.REASON, task.reason, tasks.left_with(task.id, now), now)
        return
    if row is None and not task.other.title:
        words = notice(task.own.title, task.own.text)
        _ask(task, Piece.NOTICE, words, tasks.readers(task.id, now), now)


def _ask(task: tasks.Wording, piece: Piece, text: str, readers: set[str], at: datetime) -> None:
    ask(of_task(task), piece=piece, text=text, readers=readers, actor=SYSTEM, at=at)


def keep(row: Translation, actor: Actor, at: datetime) -> None:
    """Inside an act: what an interpreter wrote becomes the task's words. Raises what tasks refuse."""
    if row.piece == Piece.REASON:
        tasks.reword_reason(task=row.subject_id, reason=row.text, actor=actor, at=at)
        return
    title, text = notice_of(row.text)
    tasks.reword(task=row.subject_id, title=title, text=text, actor=actor, at=at)

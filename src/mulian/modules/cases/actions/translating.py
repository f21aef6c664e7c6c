"""The interpreters' queue: a text is claimed, written once, corrected; whoever needs it gets it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from mulian.core.access import scope
from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.kernel.text import language_of
from mulian.modules.cases.actions import finding, notices, remembering, spreading, subjects, texts, writing
from mulian.modules.cases.actions.problems import (
    TEXT_CHANGED,
    TEXT_CLAIMED,
    TEXT_WRITTEN,
    TRANSLATED,
    TRANSLATION_NEEDED,
    TRANSLATION_SAME,
)
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.actions.subjects import Subject
from mulian.modules.cases.domain.translating import FOR_PHONES, held_for
from mulian.modules.cases.events import NoticeWritten, TranslationWritten
from mulian.modules.cases.models import Case, Translation
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.translations import open_to, queue_order

State = Translation.State
READY = _("The translation of case %(number)s is there")


@transaction.atomic
def claim(*, translation: UUID, actor: Actor, at: datetime) -> Translation:
    """Takes a text off the queue. Raises `cases.text_claimed`, `cases.translated`."""
    row = texts.opened(translation, actor, at)
    if row.state == State.DONE:
        raise Problem(TRANSLATED)
    if row.claimed_by_id == actor.person:
        return row
    if row.state == State.CLAIMED:
        raise Problem(TEXT_CLAIMED)
    texts.take(row, actor, at, at + held_for(rules().desk, urgent=row.urgent))
    return row


@transaction.atomic
def next_text(*, actor: Actor, at: datetime) -> Translation | None:
    """The text this interpreter already holds, else the next of the queue, claimed."""
    scope.require_any(actor, Permission.TRANSLATE)
    rows = open_to(actor, at)
    held = rows.filter(state=State.CLAIMED, claimed_by=actor.person).first()
    if held is not None:
        return held
    first = queue_order(rows.filter(state=State.WAITING)).first()
    return claim(translation=first.id, actor=actor, at=at) if first else None


@transaction.atomic
def release(*, translation: UUID, actor: Actor, at: datetime) -> Translation:
    """Puts a claimed text back. Raises `cases.text_claimed`."""
    row = texts.opened(translation, actor, at)
    if row.state != State.CLAIMED or row.claimed_by_id != actor.person:
        raise Problem(TEXT_CLAIMED)
    texts.put_back(row, actor, at, late=False)
    return row


@transaction.atomic
def write(
    *,
    translation: UUID,
    text: str,
    actor: Actor,
    at: datetime,
    seen: str | None = None,
    wording: int | None = None,
    remember: bool = False,
) -> Translation:
    """Writes a translation, or corrects it; who needs it is told, phones get it with the answer or the task.

    `seen` is the text the interpreter had before them, `wording` how often it had been written. `remember`: its
    sentences may be offered again, those that hold nobody's name or number. Raises `cases.translation_needed`,
    `cases.translation_same`, `cases.text_changed`, `cases.text_claimed`, `cases.text_written`, and of a notice what
    tasks refuse.
    """
    written = content(text=text).text
    if not written:
        raise Problem(TRANSLATION_NEEDED)
    subject = subjects.locked(translation, actor, at)
    row = texts.opened(translation, actor, at)
    if seen is not None and seen.split() != row.original.split():
        raise Problem(TEXT_CHANGED)
    if row.state == State.CLAIMED and row.claimed_by_id != actor.person:
        raise Problem(TEXT_CLAIMED)
    if wording is not None and wording != row.versions:
        raise Problem(TEXT_WRITTEN)
    if language_of(written) == row.language:
        raise Problem(TRANSLATION_SAME)
    texts.write(row, written, actor, at)
    kept = remembering.keep(row, subject, remember=remember, at=at)
    deliver(row, subject, actor, at, remembered=kept)
    if subject.case is not None and row.versions == 1 and row.piece not in FOR_PHONES:
        _tell(row, subject.case, at)
    return row


def deliver(row: Translation, subject: Subject, actor: Actor, at: datetime, *, remembered: int) -> None:
    """Inside an act: the fact, and what was written goes where it is read."""
    more: dict[str, Any] = texts.told(row) | {
        "text": row.text, "original": row.original, "wording": row.versions, "remembered": remembered
    }  # fmt: skip
    if subject.case is None:
        append(NoticeWritten(**more), actor=actor, at=at, areas=[subject.area])
        notices.keep(row, actor, at)
        return
    event = TranslationWritten(**more)
    if row.piece in FOR_PHONES:
        writing.record(subject.case, event, actor=actor, at=at, fields=("answer",))
    else:
        append(event, actor=actor, at=at, areas=[subject.area])
        finding.make_findable(subject.case, at)


def sweep_translations(now: datetime) -> int:
    """Nobody keeps a text by forgetting it (or by a browser that died): it goes back to the queue."""
    late = Translation.objects.filter(state=State.CLAIMED, back_at__lte=now)
    if not late.exists():
        return 0
    with transaction.atomic():
        rows = list(skip_locked(late.order_by("back_at"))[:50])
        for row in rows:
            texts.put_back(row, SYSTEM, now, late=True)
    return len(rows)


def _tell(row: Translation, case: Case, at: datetime) -> None:
    key = f"translated:{row.id}"
    spreading.notify(
        case, [case.responsible_person_id], kind="translated", title=READY, key=key, at=at, urgent=False
    )  # fmt: skip

"""What somebody cannot read is asked of the interpreters: by itself with an act, or by who works on a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.kernel.text import language_of
from mulian.modules.cases.actions import opening, texts
from mulian.modules.cases.actions.problems import NOTHING_TO_TRANSLATE
from mulian.modules.cases.actions.subjects import TASK, Subject, of_case
from mulian.modules.cases.domain.translating import SPOKEN, Piece, needed, other
from mulian.modules.cases.events import NoticeAsked, TranslationAsked
from mulian.modules.cases.models import Translation
from mulian.modules.cases.permissions import Permission


def ask(
    subject: Subject, *, piece: Piece, text: str, readers: Iterable[str], actor: Actor, at: datetime,
    source: UUID | None = None,
) -> Translation | None:  # fmt: skip
    """Inside an act: a text that some reader cannot read joins the queue; one that changed joins it again.

    `readers` are languages. None when everybody can read it; what was written before is then outdated.
    """
    language = language_of(text)
    target = needed(language, readers)
    row = _of(source or subject.id, piece)
    if row is not None and row.original == text:
        return row
    if target is None:
        if row is not None:
            texts.end(row, text)
        return None
    row = row or Translation(id=uuid7(), subject_kind=subject.kind, subject_id=subject.id, piece=piece)
    row.source, row.language, row.target, row.original = source or subject.id, language, target, text
    again, row.outdated = bool(row.text), bool(row.text)
    texts.wait(row, subject, at)
    row.save()
    event = NoticeAsked if subject.kind == TASK else TranslationAsked
    fact = event(**texts.told(row), due=row.due_at.isoformat(), again=again)
    append(fact, actor=actor, at=at, areas=[subject.area])
    return row


@transaction.atomic
def ask_for(*, case: UUID, piece: str, actor: Actor, at: datetime) -> Translation:
    """The report's words, or the answer's. Raises `cases.nothing_to_translate`."""
    row = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at).case
    text = {Piece.REPORT: row.text, Piece.ANSWER: row.answer_text}.get(piece, "")  # type: ignore[call-overload]
    language = language_of(text)
    if language not in SPOKEN:
        raise Problem(NOTHING_TO_TRANSLATE)
    asked = ask(
        of_case(row), piece=Piece(piece), text=text, readers=[other(language)], actor=actor, at=at
    )  # fmt: skip
    assert asked is not None
    return asked


def _of(source: UUID, piece: Piece) -> Translation | None:
    rows = Translation.objects.select_for_update(of=("self",))
    return rows.filter(source=source, piece=piece).first()

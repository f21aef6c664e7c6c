"""What a voice says, in the other language: typed by its listener, else asked of the interpreters."""

from __future__ import annotations

from datetime import datetime

from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.text import language_of
from mulian.modules.cases.actions import texts, translating
from mulian.modules.cases.actions.asking_translation import ask
from mulian.modules.cases.actions.subjects import of_case
from mulian.modules.cases.domain.translating import Piece, other
from mulian.modules.cases.models import Case, ListeningItem, Translation
from mulian.modules.cases.queries.readers import offices

About = ListeningItem.About
PIECES = {About.REPORT: Piece.TRANSCRIPT, About.FEEDBACK: Piece.FEEDBACK}


def write(case: Case, item: ListeningItem, *, translation: str, actor: Actor, at: datetime) -> None:
    """Inside an act, when a voice was written down: the listener's own translation is kept, else one is asked for."""
    if not translation:
        need(case, item, actor=actor, at=at)
        return
    row = Translation(id=uuid7(), subject_kind=of_case(case).kind, subject_id=case.id, piece=_piece(item))
    row.source, row.original = item.id, item.transcript
    row.language = language_of(item.transcript) or case.language
    row.target = other(row.language)
    row.asked_at = row.due_at = at
    row.urgent, row.confidential = case.urgent, case.complaint
    texts.write(row, translation, actor, at)
    translating.deliver(row, of_case(case), actor, at, remembered=0)


def need(case: Case, item: ListeningItem, *, actor: Actor, at: datetime) -> None:
    """Inside an act: whoever works on the case and cannot read the transcript gets it translated."""
    ask(
        of_case(case), piece=_piece(item), text=item.transcript, readers=offices(case), actor=actor, at=at,
        source=item.id,
    )  # fmt: skip


def _piece(item: ListeningItem) -> Piece:
    return PIECES[About(item.about)]

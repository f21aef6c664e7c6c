"""Whoever reads a case and not its language asks interpreters for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening, translating
from mulian.modules.cases.actions.gathering import language_of
from mulian.modules.cases.actions.problems import NOTHING_TO_TRANSLATE
from mulian.modules.cases.domain.translating import SPOKEN, Piece, other
from mulian.modules.cases.models import Translation
from mulian.modules.cases.permissions import Permission


@transaction.atomic
def ask_for(*, case: UUID, piece: str, actor: Actor, at: datetime) -> Translation:
    """The report's words, or the answer's. Raises `cases.nothing_to_translate`."""
    row = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at).case
    text = {Piece.REPORT: row.text, Piece.ANSWER: row.answer_text}.get(piece, "")  # type: ignore[call-overload]
    language = language_of(text)
    if language not in SPOKEN:
        raise Problem(NOTHING_TO_TRANSLATE)
    asked = translating.ask(row, piece=Piece(piece), text=text, readers=[other(language)], actor=actor, at=at)
    assert asked is not None
    return asked

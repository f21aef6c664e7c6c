"""A text and everything that helps to translate it: terms, sentences translated before, a machine's draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.text import language_of
from mulian.modules.cases.domain.terms import Term, found, missing
from mulian.modules.cases.domain.translating import REMEMBERED, SPOKEN, Piece
from mulian.modules.cases.models import Case, ListeningItem, Translation
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import memory, translations
from mulian.modules.cases.queries.glossary import terms
from mulian.modules.cases.queries.translations import Asked
from mulian.modules.cases.web.forms.translating import TranslationForm

PIECES = {
    Piece.REPORT: _("The report"),
    Piece.TRANSCRIPT: _("What the voice says"),
    Piece.FEEDBACK: _("The family's word"),
    Piece.ANSWER: _("The answer"),
    Piece.NOTICE: _("A notice"),
    Piece.REASON: _("Why a task was taken back"),
}


@dataclass(frozen=True)
class Beside:
    """A translation as a case's page shows it."""

    row: Translation
    piece: str
    earlier: list[translations.Version]


@dataclass(frozen=True)
class Lacking:
    """What was just written, and terms of its text that were not found in it."""

    row: Translation
    terms: list[tuple[str, str]]


def text_page(asked: Asked, actor: Actor, form: TranslationForm | None = None) -> dict[str, Any]:
    """The context of a text: its form, words, likenesses and earlier wordings."""
    row = asked.row
    taken = row.state == Translation.State.CLAIMED and not asked.mine
    initial = {"text": row.text, "seen": row.original, "remember": row.segments.exists()}
    return {
        "asked": asked,
        "row": row,
        "piece": gettext(PIECES[Piece(row.piece)]),
        "form": form or TranslationForm(initial=initial),
        "seen": row.original,
        "gone": taken or (form is not None and _overtaken(form, row)),
        "taken": taken,
        "terms": [(each.word(row.language), each.word(row.target), each.note) for each in _terms(row)],
        "matches": memory.alike(row.original, row.language, actor, without=row.id),
        "may_remember": row.piece in REMEMBERED and not row.confidential,
        "versions": translations.versions(row),
    }


def _overtaken(form: TranslationForm, row: Translation) -> bool:
    """Somebody wrote it since the form was opened."""
    return form.cleaned_data.get("wording") not in (None, row.versions)


def lacking(written: str, actor: Actor, at: datetime) -> Lacking | None:
    """Of the text just saved; None when there is none, or nothing is lacking in it."""
    try:
        asked = translations.one(UUID(written), actor, at)
    except ValueError:
        return None
    if asked is None or not asked.row.text:
        return None
    lacks = missing(asked.row.text, _terms(asked.row), asked.row.language)
    words = [(each.word(asked.row.language), each.word(asked.row.target)) for each in lacks]
    return Lacking(asked.row, words)


def beside(case: UUID) -> list[Beside]:
    """Every translation of a case, with its earlier wordings; the caller has checked the case's scope."""
    return [
        Beside(
            row,
            gettext(PIECES[Piece(row.piece)]),
            translations.versions(row)[1:] if row.versions > 1 else [],
        )
        for row in translations.beside(case)
    ]


def around(case: Case, listening: ListeningItem | None, actor: Actor) -> dict[str, Any]:
    """What the page of a case says of translations, and what it offers."""
    rows = beside(case.id)
    there = {each.row.piece for each in rows if each.row.original in (case.text, case.answer_text)}
    heard = listening is not None and listening.state == ListeningItem.State.DONE
    works = scope.permitted(actor, Permission.WORK)
    spoken = any(each.row.piece == Piece.TRANSCRIPT for each in rows)
    return {
        "translations": rows,
        "may_translate": scope.permitted(actor, Permission.TRANSLATE),
        "may_correct": heard and scope.permitted(actor, Permission.LISTEN),
        "offers_report": works and _readable(case.text) and Piece.REPORT not in there and not spoken,
        "offers_answer": works and _readable(case.answer_text) and Piece.ANSWER not in there,
    }


def _readable(text: str) -> bool:
    return language_of(text) in SPOKEN


def _terms(row: Translation) -> list[Term]:
    return found(row.original, terms(), row.language)

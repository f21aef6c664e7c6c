"""What needs a written translation, into which language, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from mulian.modules.cases.domain.desk import Desk
from mulian.modules.cases.domain.terms import BO, ZH

SPOKEN = (BO, ZH)
"""The languages an office writes in."""


class Piece(StrEnum):
    """Which text it is. Only what an office says to families may enter the memory: what a family said is theirs."""

    REPORT = "report"
    TRANSCRIPT = "transcript"
    FEEDBACK = "feedback"
    ANSWER = "answer"
    NOTICE = "notice"
    REASON = "reason"


REMEMBERED = frozenset({Piece.ANSWER, Piece.NOTICE, Piece.REASON})
FOR_PHONES = frozenset({Piece.ANSWER, Piece.NOTICE, Piece.REASON})


def notice(title: str, text: str) -> str:
    """A task as interpreters see it: its title is the first line."""
    return f"{title}\n{text}".strip()


def notice_of(written: str) -> tuple[str, str]:
    """(title, text) of what an interpreter wrote."""
    title, _, text = written.strip().partition("\n")
    return title.strip(), text.strip()


def other(language: str) -> str:
    """The language a text of this one is translated into."""
    return ZH if language == BO else BO


def reads(language: str) -> str:
    """What somebody with this page language reads: Tibetan, else Chinese."""
    return BO if language == BO else ZH


def needed(language: str, readers: Iterable[str]) -> str | None:
    """The language some reader needs it in, None when all can read it or it is in no language of the office."""
    if language not in SPOKEN:
        return None
    target = other(language)
    return target if any(reads(each) == target for each in readers) else None


def due_in(desk: Desk, *, urgent: bool) -> timedelta:
    """How long an interpreter has from the moment it was asked for."""
    return desk.urgent_translated if urgent else desk.translated


def held_for(desk: Desk, *, urgent: bool) -> timedelta:
    """How long somebody keeps a text they took before it goes back to the queue."""
    return desk.urgent_held if urgent else desk.held

"""The words of a task in one language and in the other."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.problems import Problem
from mulian.kernel.text import language_of
from mulian.modules.tasks.domain.refusals import (
    OTHER_TEXT,
    OTHER_TITLE,
    REASON_NEEDED,
    SAME_LANGUAGE,
    TOO_LONG,
)

TITLE_LIMIT, TEXT_LIMIT, REASON_LIMIT = 360, 4000, 900
"""Characters. Tibetan needs about three for one of Chinese."""


@dataclass(frozen=True)
class Words:
    """A title and what stands below it. `language` is empty where nothing was written."""

    title: str
    text: str = ""
    language: str = ""


def other(title: str, text: str, other_title: str, other_text: str) -> Words:
    """What somebody wrote beside a task's own words; empty where they wrote nothing.

    Raises `tasks.other_title`, `tasks.other_text`, `tasks.same_language`, `tasks.too_long`.
    """
    theirs = Words(other_title.strip(), other_text.replace("\x00", "").strip(), language_of(other_title))
    if not theirs.title and not theirs.text:
        return Words("")
    if not theirs.title or len(theirs.title) > TITLE_LIMIT:
        raise Problem(OTHER_TITLE)
    if text.strip() and not theirs.text:
        raise Problem(OTHER_TEXT)
    if len(theirs.text) > TEXT_LIMIT:
        raise Problem(TOO_LONG)
    if not theirs.language or theirs.language == language_of(f"{title} {text}"):
        raise Problem(SAME_LANGUAGE)
    return theirs


def other_reason(reason: str, written: str) -> str:
    """Why a task was taken back, as somebody wrote it in the other language.

    Raises `tasks.reason_needed`, `tasks.same_language`, `tasks.too_long`.
    """
    theirs = written.replace("\x00", "").strip()
    if not theirs:
        raise Problem(REASON_NEEDED)
    if len(theirs) > REASON_LIMIT:
        raise Problem(TOO_LONG)
    if language_of(theirs) in ("", language_of(reason)):
        raise Problem(SAME_LANGUAGE)
    return theirs


def read(own: Words, theirs: Words, language: str) -> Words:
    """The words somebody with this page language reads first: Tibetan pages Tibetan, all others Chinese."""
    wanted = "bo" if language == "bo" else "zh-hans"
    return theirs if theirs.title and theirs.language == wanted and own.language != wanted else own

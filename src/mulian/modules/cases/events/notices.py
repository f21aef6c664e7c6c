"""The facts about what interpreters write, where the text belongs to a task and not to a case."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.modules.cases.events.desk import (
    TranslationAsked,
    TranslationClaimed,
    TranslationReleased,
    TranslationSuggested,
    TranslationWritten,
)


@dataclass(frozen=True, kw_only=True)
class NoticeAsked(TranslationAsked):
    """The words of a task are needed in the other language."""

    subject_kind = "task"


@dataclass(frozen=True, kw_only=True)
class NoticeClaimed(TranslationClaimed):
    """An interpreter took them."""

    subject_kind = "task"


@dataclass(frozen=True, kw_only=True)
class NoticeReleased(TranslationReleased):
    """They are back in the queue."""

    subject_kind = "task"


@dataclass(frozen=True, kw_only=True)
class NoticeWritten(TranslationWritten):
    """They were written, or corrected."""

    subject_kind = "task"


@dataclass(frozen=True, kw_only=True)
class NoticeSuggested(TranslationSuggested):
    """A machine wrote a draft for the interpreter."""

    subject_kind = "task"

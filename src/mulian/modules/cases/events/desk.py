"""Facts about what interpreters write, about the glossary and about hours nobody listens."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event
from mulian.modules.cases.events.case import AboutCase


@dataclass(frozen=True, kw_only=True)
class _Piece(AboutCase):
    """`piece` says which text, `target` the language it is written in."""

    translation: str
    piece: str
    target: str


@dataclass(frozen=True, kw_only=True)
class TranslationAsked(_Piece):
    """A text needs the other language; it stands in the interpreters' queue (`again`: because it changed)."""

    name = "cases.translation_asked"
    due: str
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class TranslationClaimed(_Piece):
    """An interpreter took it."""

    name = "cases.translation_claimed"


@dataclass(frozen=True, kw_only=True)
class TranslationReleased(_Piece):
    """It is back in the queue (`late`: because its time was over)."""

    name = "cases.translation_released"
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class TranslationWritten(_Piece):
    """It was written, or (`wording` above 1) corrected; what it was written from stands beside it."""

    name = "cases.translation_written"
    personal = frozenset({"text", "original"})
    text: str
    original: str
    wording: int
    remembered: int = 0


@dataclass(frozen=True, kw_only=True)
class TranslationSuggested(_Piece):
    """A machine wrote a draft for the interpreter; nobody else is shown it."""

    name = "cases.translation_suggested"
    machine: str


@dataclass(frozen=True, kw_only=True)
class TranscriptSuggested(AboutCase):
    """A machine wrote a draft of what a voice says, for the listener; nobody else is shown it."""

    name = "cases.transcript_suggested"
    machine: str


@dataclass(frozen=True, kw_only=True)
class TranscriptCorrected(AboutCase):
    """What a listener wrote was put right; the earlier words stay in the log."""

    name = "cases.transcript_corrected"
    personal = frozenset({"transcript", "before"})
    transcript: str
    before: str


@dataclass(frozen=True, kw_only=True)
class TermKept(Event):
    """A word of the glossary was added or changed."""

    subject_kind = "term"
    name = "cases.term_kept"
    code: str
    zh: str
    bo: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TermDropped(Event):
    """A word was taken out of the glossary."""

    subject_kind = "term"
    name = "cases.term_dropped"
    code: str

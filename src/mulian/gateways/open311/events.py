"""Facts about programs outside."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class KeyIssued(Event):
    """A program may hand requests in; the key itself is nowhere."""

    name = "open311.key_issued"
    subject_kind = "open311_key"
    owner: str
    per_hour: int


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(Event):
    """It may not any more."""

    name = "open311.key_revoked"
    subject_kind = "open311_key"


@dataclass(frozen=True, kw_only=True)
class WordsReleased(Event):
    """A person let words, and perhaps a picture or voice, of a case out; empty: took them back."""

    name = "open311.words_released"
    subject_kind = "open311_case"
    personal = frozenset({"text"})
    text: str
    sha256: str

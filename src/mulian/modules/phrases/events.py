"""Facts about recorded phrases."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutPhrase(Event):
    subject_kind = "phrase"
    language: str
    words: str


@dataclass(frozen=True, kw_only=True)
class PhraseRecorded(_AboutPhrase):
    """Somebody spoke these words, for the first time or anew."""

    name = "phrases.recorded"
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PhraseDropped(_AboutPhrase):
    """The recording was taken away; phones drop it at their next look."""

    name = "phrases.dropped"

"""Speech to text. None by default: a person can always listen, and no engine for Tibetan exists to ship."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Transcript:
    """What an engine heard, in which language, and how sure it is (0 to 1); a person confirms it."""

    text: str
    language: str
    confidence: float
    engine: str


class Transcriber(Protocol):
    """Turns a voice into text, or says None when it cannot (language, length, no engine)."""

    def languages(self) -> frozenset[str]: ...

    def transcribe(self, voice: Path, language: str) -> Transcript | None: ...


@dataclass(frozen=True)
class NoTranscriber:
    """The default: every voice goes to the listening desk."""

    def languages(self) -> frozenset[str]:
        return frozenset()

    def transcribe(self, voice: Path, language: str) -> Transcript | None:
        return None

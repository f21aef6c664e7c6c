"""What is recorded: in the console first, else in the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mulian.core import packs
from mulian.core.files.models import Blob
from mulian.core.files.place import storage
from mulian.core.files.queries import Media
from mulian.modules.phrases.models import Recording
from mulian.modules.phrases.queries.packed import sounds
from mulian.modules.phrases.queries.wanted import Phrase, phrases


@dataclass(frozen=True)
class Sound:
    """A recording phones may fetch. `made` is when it was spoken in the console; None when it came with the pack."""

    words: str
    media: Media
    made: datetime | None
    example: bool = False


@dataclass(frozen=True)
class Line:
    """A phrase and its recording, if there is one."""

    phrase: Phrase
    sound: Sound | None


def recorded(language: str) -> dict[str, Sound]:
    """words → sound, whether wanted today or by an older phone."""
    found = {
        words: Sound(words, Media(sha256=one.sha256, path=one.path, mime=one.mime, size=one.size), None)
        for words, one in sounds(packs.current(), language).items()
    }
    return found | _spoken_here(language)


def _spoken_here(language: str) -> dict[str, Sound]:
    rows = list(Recording.objects.filter(language=language))
    sent = Blob.objects.in_bulk([row.sha256 for row in rows])
    clean = Blob.objects.in_bulk([blob.served_as for blob in sent.values() if blob.served_as])
    found = {}
    for row in rows:
        blob = sent.get(row.sha256)
        served = clean.get(blob.served_as, blob) if blob else None
        if served and served.state == Blob.State.READY:
            found[row.words] = Sound(row.words, _media(served), row.recorded_at, row.example)
    return found


def _media(blob: Blob) -> Media:
    return Media(sha256=blob.sha256, path=storage().blob(blob.sha256), mime=blob.mime, size=blob.size)


def lines(language: str) -> list[Line]:
    """Every phrase wanted in a language, in order, with its recording."""
    have = recorded(language)
    return [Line(phrase, have.get(phrase.words)) for phrase in phrases(language)]


def manifest(language: str) -> list[Sound]:
    """What a phone fetches: wanted phrases in order of importance, then what only older phones still show."""
    have = recorded(language)
    wanted = [have.pop(phrase.words) for phrase in phrases(language) if phrase.words in have]
    return [*wanted, *have.values()]


def sound(language: str, sha256: str) -> Sound | None:
    """One recording by its hash."""
    return next((one for one in recorded(language).values() if one.media.sha256 == sha256), None)

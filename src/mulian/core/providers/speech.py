"""Speech to text. None by default: a person can always listen, and no engine for Tibetan exists to ship."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from mulian.core.providers.outbound import Unreachable, post
from mulian.core.providers.suggested import OK, headers, said

LARGEST = 2 * 1024 * 1024
"""Bytes of a voice that are sent; a longer one is heard by a person alone."""
LONGEST = 4000
TIMEOUT = 30.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Transcript:
    """What an engine heard, and which engine; a person confirms or rewrites it."""

    text: str
    engine: str


class Transcriber(Protocol):
    """Turns a voice into text, or says None when it cannot (language, length, no engine).

    Raises Unreachable when it does not answer in time: then it is left alone for a while.
    """

    def languages(self) -> frozenset[str]: ...

    def transcribe(self, voice: Path, language: str) -> Transcript | None: ...


@dataclass(frozen=True)
class NoTranscriber:
    """The default: every voice goes to the listening desk."""

    def languages(self) -> frozenset[str]:
        return frozenset()

    def transcribe(self, voice: Path, language: str) -> Transcript | None:
        return None


@dataclass(frozen=True)
class HttpTranscriber:
    """POSTs the sound as it is to one address, its language in `Content-Language`; 200 with `{"text", "engine"?}` is a
    draft, all else is none. `inside` lists private networks (CIDR) the address may lie in.
    """

    url: str
    spoken: frozenset[str]
    token: str = ""
    inside: Sequence[str] = ()
    timeout: float = TIMEOUT

    def languages(self) -> frozenset[str]:
        return self.spoken

    def transcribe(self, voice: Path, language: str) -> Transcript | None:
        if language not in self.spoken or voice.stat().st_size > LARGEST:
            return None
        told = {**headers(self.token, "application/octet-stream"), "Content-Language": language}
        reply = post(self.url, voice.read_bytes(), told, inside=self.inside, timeout=self.timeout)
        if reply.status != OK:
            log.warning("the speech machine answered %s", reply.status)
            if reply.status >= 500 or reply.status == 429:
                raise Unreachable(f"status {reply.status}")
            return None
        found = said(reply.body, LONGEST)
        return Transcript(*found) if found else None


def configured() -> Transcriber:
    """The machine of this installation (`MULIAN_SPEECH_URL`, `_LANGUAGES`, `_TOKEN`, `_ALLOWED`), or none."""
    url = settings.MULIAN_SPEECH_URL
    if not url:
        return NoTranscriber()
    spoken = frozenset(settings.MULIAN_SPEECH_LANGUAGES)
    return HttpTranscriber(
        url,
        spoken,
        settings.MULIAN_SPEECH_TOKEN,
        tuple(settings.MULIAN_SPEECH_ALLOWED),
        settings.MULIAN_MACHINE_SECONDS,
    )

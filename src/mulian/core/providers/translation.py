"""Written translation by a machine. None by default; it only ever drafts, a person passes or rewrites every word."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from mulian.core.providers.outbound import Unreachable, post
from mulian.core.providers.suggested import OK, headers, said

LONGEST = 4000
"""Characters sent or taken: a text is no longer than this."""
TIMEOUT = 20.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Draft:
    """What a machine suggests, and which machine."""

    text: str
    engine: str


class Translator(Protocol):
    """Drafts a text in the other language, or says None when it cannot.

    Raises Unreachable when it does not answer in time: then it is left alone for a while.
    """

    @property
    def available(self) -> bool: ...

    def translate(self, text: str, source: str, target: str) -> Draft | None: ...


@dataclass(frozen=True)
class NoTranslator:
    """The default: interpreters write without a draft, and no text leaves."""

    available: bool = False

    def translate(self, text: str, source: str, target: str) -> Draft | None:
        return None


@dataclass(frozen=True)
class HttpTranslator:
    """POSTs `{"text", "source", "target"}` as JSON; 200 with `{"text", "engine"?}` is a draft, all else is none.

    Languages are `zh-hans` and `bo`. `inside` lists private networks (CIDR) the address may lie in.
    """

    url: str
    token: str = ""
    inside: Sequence[str] = ()
    timeout: float = TIMEOUT
    available: bool = True

    def translate(self, text: str, source: str, target: str) -> Draft | None:
        if not text.strip() or len(text) > LONGEST:
            return None
        asked = {"text": text, "source": source, "target": target}
        body = json.dumps(asked, ensure_ascii=False).encode()
        reply = post(
            self.url, body, headers(self.token, "application/json"), inside=self.inside, timeout=self.timeout
        )
        if reply.status != OK:
            log.warning("the translation machine answered %s", reply.status)
            if reply.status >= 500 or reply.status == 429:
                raise Unreachable(f"status {reply.status}")
            return None
        found = said(reply.body, LONGEST)
        return Draft(*found) if found else None


def configured() -> Translator:
    """The machine of this installation (`MULIAN_TRANSLATION_URL`, `_TOKEN`, `_ALLOWED`), or none."""
    url = settings.MULIAN_TRANSLATION_URL
    if not url:
        return NoTranslator()
    return HttpTranslator(
        url,
        settings.MULIAN_TRANSLATION_TOKEN,
        tuple(settings.MULIAN_TRANSLATION_ALLOWED),
        settings.MULIAN_MACHINE_SECONDS,
    )

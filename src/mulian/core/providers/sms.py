"""SMS through an HTTP gateway: none by default, any that takes a POST with JSON by three settings."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from django.conf import settings

from mulian.core.providers.outbound import Unreachable, post

Answer = Literal["accepted", "rejected", "failed"]
TEMPLATE: Mapping[str, str] = {"to": "{number}", "text": "{text}", "id": "{id}"}
"""The JSON a gateway gets when the settings name no other."""
log = logging.getLogger(__name__)


class SmsGateway(Protocol):
    """Sends one SMS; the same `id` twice is one SMS.

    accepted: it will be delivered. rejected: this number never works. failed: try again later.
    """

    @property
    def available(self) -> bool: ...

    def send(self, number: str, text: str, id: str) -> Answer: ...


@dataclass(frozen=True)
class NoGateway:
    """The default: no SMS leaves; notices stay in the console and say so."""

    available: bool = False

    def send(self, number: str, text: str, id: str) -> Answer:
        return "failed"


@dataclass(frozen=True)
class HttpGateway:
    """POSTs JSON to one address. 2xx accepted; 400, 404, 410, 422 the number is rejected; all else failed.

    `template` maps the gateway's field names to texts with {number}, {text} and {id}. `inside` lists private
    networks the gateway may sit in. The id also travels as Idempotency-Key.
    """

    url: str
    token: str = field(default="", repr=False)
    template: Mapping[str, str] = field(default_factory=lambda: TEMPLATE)
    inside: Sequence[str] = ()
    timeout: float = 10.0
    available: bool = True

    def send(self, number: str, text: str, id: str) -> Answer:
        try:
            reply = post(
                self.url,
                self._body(number, text, id),
                self._headers(id),
                inside=self.inside,
                timeout=self.timeout,
            )
        except Unreachable as why:
            log.warning("SMS %s: gateway unreachable (%s)", id, why)
            return "failed"
        if 200 <= reply.status < 300:
            return "accepted"
        log.warning("SMS %s: gateway answered %s", id, reply.status)
        return "rejected" if reply.status in {400, 404, 410, 422} else "failed"

    def _body(self, number: str, text: str, id: str) -> bytes:
        values = {"{number}": number, "{text}": text, "{id}": id}
        filled = {name: _fill(pattern, values) for name, pattern in self.template.items()}
        return json.dumps(filled, ensure_ascii=False).encode()

    def _headers(self, id: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": id}
        return {**headers, "Authorization": f"Bearer {self.token}"} if self.token else headers


def _fill(pattern: str, values: Mapping[str, str]) -> str:
    """Each mark once, from left to right: a value that looks like a mark is not filled again."""
    for mark, value in values.items():
        before, found, after = pattern.partition(mark)
        if found:
            return _fill(before, values) + value + _fill(after, values)
    return pattern


def configured() -> SmsGateway:
    """The gateway of this installation (`MULIAN_SMS_URL`, `_TOKEN`, `_ALLOWED`), or none."""
    url = settings.MULIAN_SMS_URL
    if not url:
        return NoGateway()
    template = getattr(settings, "MULIAN_SMS_TEMPLATE", None) or TEMPLATE
    return HttpGateway(url, settings.MULIAN_SMS_TOKEN, template, tuple(settings.MULIAN_SMS_ALLOWED))

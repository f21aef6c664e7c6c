"""The port to SMS. Which provider stands behind it is a setting, so this package knows none of them."""

from __future__ import annotations

from typing import Literal, Protocol

from django.conf import settings

from mulian.core.registry import resolve

Answer = Literal["accepted", "rejected", "failed"]
"""accepted: it will be delivered; rejected: this number never works; failed: try again later."""


class SmsGateway(Protocol):
    """Sends one SMS. The same `id` twice is one SMS: a reply may be lost after the gateway took it."""

    @property
    def available(self) -> bool: ...

    def send(self, number: str, text: str, id: str) -> Answer: ...


def sms_gateway() -> SmsGateway:
    """The provider of this installation."""
    path = getattr(settings, "MULIAN_SMS_PROVIDER", "mulian.core.providers.sms.configured")
    gateway: SmsGateway = resolve(path)()
    return gateway

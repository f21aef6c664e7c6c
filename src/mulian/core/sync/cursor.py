"""The opaque cursor: where the phone is in the feed, which areas it read for, and how far a cold pull got."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

import msgspec
from django.conf import settings


@dataclass(frozen=True)
class Cursor:
    """`pos`: everything up to it is on the phone. `areas`: the scope it was read for. `cold`: rows already sent."""

    pos: int
    areas: tuple[str, ...]
    cold: int | None = None


class _Form(msgspec.Struct, array_like=True):
    pos: int
    areas: list[str]
    cold: int | None


def write(cursor: Cursor, *, device: str, epoch: str) -> str:
    body = msgspec.json.encode(_Form(cursor.pos, list(cursor.areas), cursor.cold))
    return base64.urlsafe_b64encode(_sign(body, device, epoch) + body).rstrip(b"=").decode()


def read(text: str | None, *, device: str, epoch: str) -> Cursor | None:
    """None for no cursor, another epoch's, another phone's or a forged one: the phone then starts cold."""
    if not text:
        return None
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        mac, body = data[:6], data[6:]
        if not hmac.compare_digest(mac, _sign(body, device, epoch)):
            return None
        form = msgspec.json.decode(body, type=_Form)
    except (ValueError, msgspec.MsgspecError):
        return None
    return Cursor(form.pos, tuple(form.areas), form.cold)


def _sign(body: bytes, device: str, epoch: str) -> bytes:
    key = f"{settings.SECRET_KEY}|cursor|{device}|{epoch}".encode()
    return hmac.new(key, body, hashlib.sha256).digest()[:6]

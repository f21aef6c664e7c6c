"""What a phone gets when its code is good, and how guessing codes is slowed."""

from __future__ import annotations

import threading
from datetime import datetime
from time import monotonic
from typing import Any

import msgspec

from mulian.core.access import devices
from mulian.core.sync import sealing
from mulian.kernel.problems import Problem

WINDOW, GUESSES = 600.0, 30


class Ask(msgspec.Struct):
    """Six digits read aloud, or the token of the QR picture."""

    code: str


_lock = threading.Lock()
_wrong: dict[str, list[float]] = {}


def enrol(body: bytes, address: str, now: datetime) -> dict[str, Any]:
    """Raises `enrol.unknown` 404, `enrol.used` 410, `too_many` 429 after 30 wrong codes in ten minutes."""
    try:
        ask = msgspec.json.decode(body, type=Ask)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Problem("bad_request") from error
    _slow(address)
    try:
        device, token = devices.enrol(code=ask.code, at=now)
    except Problem:
        _count(address)
        raise
    key = sealing.current_key(now)
    return {
        "device": str(device.id),
        "token": token,
        "person": {"name": device.person.name, "language": device.person.language},
        "server_key": {"kid": key.kid, "public": key.public_jwk},
    }


def _slow(address: str) -> None:
    with _lock:
        recent = [t for t in _wrong.get(address, []) if monotonic() - t < WINDOW]
        _wrong[address] = recent
        if len(recent) >= GUESSES:
            raise Problem("too_many")


def _count(address: str) -> None:
    with _lock:
        _wrong.setdefault(address, []).append(monotonic())

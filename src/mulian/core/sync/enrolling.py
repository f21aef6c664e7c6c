"""What a phone gets when its code is good, and how guessing codes is slowed."""

from __future__ import annotations

import threading
from datetime import datetime
from time import monotonic
from typing import Any

import msgspec

from mulian.core.access import devices, leases
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
        made = devices.enrol(code=ask.code, at=now)
    except Problem:
        _count(address)
        raise
    person = made.device.person
    return {
        "device": str(made.device.id),
        "token": made.token,
        "push_token": made.push_token,
        "person": {"id": str(person.id), "name": person.name, "language": person.language},
        "server_key": server_key(now),
        "lease": {"share": made.device.share, "days": leases.DAYS},
    }


def server_key(now: datetime) -> dict[str, Any]:
    """What reports are sealed to."""
    key = sealing.current_key(now)
    return {"kid": key.kid, "public": key.public_jwk}


def _slow(address: str) -> None:
    with _lock:
        recent = [t for t in _wrong.get(address, []) if monotonic() - t < WINDOW]
        _wrong[address] = recent
        if len(recent) >= GUESSES:
            raise Problem("too_many")


def _count(address: str) -> None:
    with _lock:
        _wrong.setdefault(address, []).append(monotonic())

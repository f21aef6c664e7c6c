"""What a phone gets when its code is good, and how guessing codes is slowed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from mulian.core.access import devices, leases, visitors
from mulian.core.sync import sealing
from mulian.kernel.bucket import Buckets
from mulian.kernel.problems import Problem

DIGITS = 6
MINUTE, HOUR = 60.0, 3600.0
GUESSES = visitors.limit("enrol", each=Buckets(30, 3 / MINUTE), all=Buckets(60, 30 / HOUR))
"""Wrong digits, of one address and of all together: a million codes are not tried out from many addresses either.
A QR picture's token cannot be guessed and is always heard."""


class Ask(msgspec.Struct):
    """Six digits read aloud, or the token of the QR picture."""

    code: str


def enrol(body: bytes, address: str, now: datetime) -> dict[str, Any]:
    """Raises `enrol.unknown` 404, `enrol.used` 410, `too_many` 429 after wrong digits; right ones cost nothing."""
    try:
        ask = msgspec.json.decode(body, type=Ask)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Problem("bad_request") from error
    spoken = len(ask.code.strip()) <= DIGITS
    if spoken and GUESSES.take(address, now):
        raise Problem("too_many")
    made = devices.enrol(code=ask.code, at=now)
    if spoken:
        GUESSES.give_back(address, now)
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

"""The opaque cursor: where the phone is in the feed, which areas it read for, and how far a cold pull got.

It travels both ways at every contact, so it is short: 6 bytes of seal, two numbers in 7-bit groups, and the area
codes with two characters to a byte.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings

SEAL = 6
LETTERS = "0123456789CG,"
"""What area codes are made of, and the comma between them; 15 fills the last byte."""
FILL = 15


@dataclass(frozen=True)
class Cursor:
    """`pos`: everything up to it is on the phone. `areas`: the scope it was read for. `cold`: rows already sent."""

    pos: int
    areas: tuple[str, ...]
    cold: int | None = None


def write(cursor: Cursor, *, device: str, epoch: str) -> str:
    """ValueError for an area that is no area code."""
    cold = 0 if cursor.cold is None else cursor.cold + 1
    body = _number(cursor.pos) + _number(cold) + _packed(",".join(cursor.areas))
    return base64.urlsafe_b64encode(_sign(body, device, epoch) + body).rstrip(b"=").decode()


def read(text: str | None, *, device: str, epoch: str) -> Cursor | None:
    """None for no cursor, another epoch's, another phone's or a forged one: the phone then starts cold."""
    if not text:
        return None
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        seal, body = data[:SEAL], data[SEAL:]
        if not hmac.compare_digest(seal, _sign(body, device, epoch)):
            return None
        pos, rest = _number_in(body)
        cold, rest = _number_in(rest)
        areas = _unpacked(rest)
    except (ValueError, IndexError):
        return None
    return Cursor(pos, tuple(areas.split(",")) if areas else (), cold - 1 if cold else None)


def _number(value: int) -> bytes:
    """Seven bits a byte, lowest first; the high bit says that more follow."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def _number_in(body: bytes) -> tuple[int, bytes]:
    """The number at the beginning, and what follows it. IndexError when it is cut off."""
    value = length = 0
    while body[length] > 127:
        value |= (body[length] & 127) << 7 * length
        length += 1
    return value | body[length] << 7 * length, body[length + 1 :]


def _packed(text: str) -> bytes:
    halves = [LETTERS.index(letter) for letter in text] + [FILL] * (len(text) % 2)
    return bytes(high << 4 | low for high, low in zip(halves[::2], halves[1::2], strict=True))


def _unpacked(body: bytes) -> str:
    halves = [half for byte in body for half in (byte >> 4, byte & 15)]
    return "".join(LETTERS[half] for half in halves if half != FILL)


def _sign(body: bytes, device: str, epoch: str) -> bytes:
    key = f"{settings.SECRET_KEY}|cursor|{device}|{epoch}".encode()
    return hmac.new(key, body, hashlib.sha256).digest()[:SEAL]

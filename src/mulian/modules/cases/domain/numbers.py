"""Case numbers a person can read out over a bad line: prefix, date, four random signs, one check sign.

GD2611224K7M2 = GD (county), 22 November 2026, 4K7M, check 2. The signs leave out 0, 1, I, L and O; there
are 31 of them, a prime, so the weighted check finds every single wrong sign and every two neighbours
swapped. No counter is needed: a clash within a day is found by the unique column and drawn again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mulian.kernel.clock import CN

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_BASE = len(SIGNS)
_TAIL, _DATE = 4, 6
PER_DAY = _BASE**_TAIL
"""How many different numbers one county has in a day: 923,521."""


def make_number(prefix: str, at: datetime, pick: Callable[[int], int]) -> str:
    """A fresh number for a case received `at`; `pick(n)` draws below n, as `secrets.randbelow` does."""
    if not (prefix.isascii() and prefix.isalpha() and prefix.isupper() and len(prefix) <= 8):
        raise ValueError("a number prefix is one to eight capital letters A-Z")
    day = at.astimezone(CN).strftime("%y%m%d")
    drawn = pick(PER_DAY)
    tail = "".join(SIGNS[drawn // _BASE**place % _BASE] for place in range(_TAIL))
    body = prefix + day + tail
    return body + _check_sign(body)


def clean(number: str) -> str:
    """The number as stored: capitals, without spaces and hyphens."""
    return "".join(sign for sign in number.upper() if sign not in " -\u00a0\u2010\u2011")


def check(number: str) -> bool:
    """Whether the number is well formed and its check sign right; a typing mistake makes it false."""
    plain = clean(number)
    prefix, day, tail = (
        plain[: -_TAIL - _DATE - 1],
        plain[-_TAIL - _DATE - 1 : -_TAIL - 1],
        plain[-_TAIL - 1 :],
    )
    if not (prefix.isascii() and prefix.isalpha() and day.isascii() and day.isdigit() and len(day) == _DATE):
        return False
    return len(tail) == _TAIL + 1 and set(tail) <= set(SIGNS) and _check_sign(plain[:-1]) == plain[-1]


def shown(number: str) -> str:
    """In groups, for people: GD 261122 4K7M2."""
    plain = clean(number)
    cut = len(plain) - _TAIL - 1
    return f"{plain[: cut - _DATE]} {plain[cut - _DATE : cut]} {plain[cut:]}"


def _check_sign(body: str) -> str:
    total = sum(weight * _value(sign, at, len(body)) for at, sign in enumerate(body) if (weight := at + 1))
    return SIGNS[total % _BASE]


def _value(sign: str, at: int, length: int) -> int:
    """Its worth in its own place, so that different signs there always differ by less than 31."""
    if at >= length - _TAIL:
        return SIGNS.index(sign)
    return int(sign) if at >= length - _TAIL - _DATE else ord(sign) - ord("A")

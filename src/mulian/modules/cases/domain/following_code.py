"""The code by which somebody without an account follows a report: sixteen digits, read aloud in four groups.

Fifteen digits (49.8 bits) come from the report's id and a key only this server has, the last is a check digit by
Damm's table, which finds every single wrong digit and every two neighbours swapped. Digits, because every phone has
them, they are the same in all languages and everybody can say them. Guessing is slowed where codes are tried.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from uuid import UUID

LENGTH, GROUP = 16, 4
_RANDOM = 10 ** (LENGTH - 1)
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2), (7, 0, 9, 2, 1, 5, 4, 8, 6, 3), (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6), (6, 1, 2, 3, 0, 4, 5, 9, 7, 8), (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4), (8, 9, 4, 5, 3, 6, 2, 0, 1, 7), (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)  # fmt: skip
"""H. Michael Damm, Total anti-symmetrische Quasigruppen (2004), table of order 10."""


def code_of(report: UUID, *, key: bytes) -> str:
    """The code of one report, the same whenever it is asked for; without the key it cannot be told from the id."""
    drawn = int.from_bytes(hmac.digest(key, b"follow:" + report.bytes, sha256)) % _RANDOM
    body = f"{drawn:0{LENGTH - 1}d}"
    return f"{body}{_check_digit(body)}"


def clean(typed: str) -> str:
    """What was typed or read from a picture, digits only; Tibetan and full-width digits count as what they are."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())


def check(code: str) -> bool:
    """Whether it is well formed; a slip of the finger makes it false."""
    return len(code) == LENGTH and code.isascii() and code.isdecimal() and _check_digit(code) == "0"


def shown(code: str) -> str:
    """In groups, for people: 1234 5678 9012 3456."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def digest_of(code: str, *, key: bytes) -> str:
    """What is stored and looked up: keyed, because so few bits could be tried one by one."""
    return hmac.digest(key, b"code:" + code.encode(), sha256).hex()


def _check_digit(body: str) -> str:
    interim = 0
    for digit in body:
        interim = _DAMM[interim][int(digit)]
    return str(interim)

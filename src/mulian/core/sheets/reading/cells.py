"""One cell as text: what a person sees in it, with narrow digits, days as YYYY-MM-DD and numbers without their tail."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from mulian.core.sheets.limits import CELL

_NARROW: dict[int, str | int | None] = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
}
_UNSEEN: dict[int, str | int | None] = dict.fromkeys(
    sign
    for first, last in (
        (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    )
    for sign in range(first, last + 1)
)  # fmt: skip
"""What nobody sees: control characters, joints of no width, marks that turn the direction of writing. A name with one
would look like another's and be a different one, and a refused word could be cut in two.
"""
_TIBETAN: dict[int, str | int | None] = {0x0F20 + digit: str(digit) for digit in range(10)}
_SMOOTH = _NARROW | _UNSEEN | _TIBETAN


def text(value: Any) -> str:
    """The cell as text; an empty cell is empty text. `0012` typed as text stays `0012`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return smooth(str(value))


def smooth(words: str) -> str:
    """One way to write it: full-width letters and digits narrow, Tibetan digits as digits, blanks and breaks single."""
    return " ".join(words.translate(_SMOOTH).split())[:CELL]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: datetime) -> str:
    """A sheet has no days, only moments: midnight is a day."""
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")

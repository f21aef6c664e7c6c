"""One cell as text: what a person sees in it, with narrow digits, days as YYYY-MM-DD and numbers without their tail."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from mulian.core.sheets.limits import CELL

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    0xFEFF: None,
    0x200B: None,
}
_TIBETAN = {0x0F20 + digit: str(digit) for digit in range(10)}
_SMOOTH = _NARROW | _TIBETAN


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
    """One way to write it: full-width letters and digits narrow, Tibetan digits as digits, blanks single."""
    return " ".join(words.translate(_SMOOTH).split())[:CELL]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: datetime) -> str:
    """A sheet has no days, only moments: midnight is a day."""
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")

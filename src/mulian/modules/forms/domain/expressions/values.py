"""Values of XPath 1.0 (§3.2, §4) as JavaRosa has them: text, number, truth, or several texts of a repeat.

A date is its text `YYYY-MM-DD`; as a number it is the days since 1970-01-01, so dates compare and subtract.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime

Value = str | float | bool | list[str | float]
"""A list: one value for each instance of a question in a repeat."""
NAN = math.nan
_NUMBER = re.compile(r"[ \t\r\n]*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
EPOCH = date(1970, 1, 1)


def number(value: Value) -> float:
    """NaN: not a number; an unanswered question is none."""
    if isinstance(value, list):
        return number(value[0]) if value else NAN
    if isinstance(value, str):
        return _number(value)
    return float(value)


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    return days(text)


def days(text: str) -> float:
    """Days since 1970-01-01 of `YYYY-MM-DD`, with the part of the day of `YYYY-MM-DDTHH:MM…`; else NaN."""
    try:
        if not _DAY.match(text):
            return NAN
        whole = float((date.fromisoformat(text[:10]) - EPOCH).days)
        return whole + _part(text) if text[10:11] == "T" else whole if len(text) == 10 else NAN
    except ValueError:
        return NAN


def _part(text: str) -> float:
    at = datetime.fromisoformat(text)
    return (at.hour * 3600 + at.minute * 60 + at.second) / 86400


def day(value: Value) -> str:
    """The date of days since 1970-01-01, or of a text that is one; else empty."""
    count = number(value)
    if math.isnan(count) or not -700_000 < count < 2_900_000:
        return ""
    return date.fromordinal(EPOCH.toordinal() + math.floor(count)).isoformat()


def text(value: Value) -> str:
    """Whole numbers without a point; no exponents."""
    if isinstance(value, list):
        return text(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else _digits(value)


def _digits(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == math.floor(value):
        return str(int(value))
    found = repr(value)
    return found if "e" not in found else f"{value:.20f}".rstrip("0")


def truth(value: Value) -> bool:
    """A number other than 0 and NaN, a text that is not empty, a list that has something."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def plain(value: Value) -> str | float | bool:
    """One value: the first of several."""
    return (value[0] if value else "") if isinstance(value, list) else value


def compare(operator: str, left: Value, right: Value) -> bool:
    """Of several values one that fits is enough (XPath 1.0 §3.4). What is no number is neither less nor more."""
    if isinstance(left, list):
        return any(compare(operator, each, right) for each in left)
    if isinstance(right, list):
        return any(compare(operator, left, each) for each in right)
    if operator in ("=", "!="):
        return _equal(left, right) == (operator == "=")
    first, second = number(left), number(right)
    match operator:
        case "<":
            return first < second
        case "<=":
            return first <= second
        case ">":
            return first > second
        case _:
            return first >= second


def _equal(left: str | float | bool, right: str | float | bool) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right

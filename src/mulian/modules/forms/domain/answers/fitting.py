"""Whether an answer has the shape of its question, and how expressions read it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from mulian.modules.forms.domain.definition import Kind
from mulian.modules.forms.domain.expressions.values import Value

LONGEST_TEXT = 10_000
LARGEST_INTEGER = 2**31 - 1
"""An integer of XForms is `xsd:int`."""
MOST_CHOSEN = 200
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FILE = re.compile(r"[^/\\\x00-\x1f]{1,120}")


def empty(answer: Any) -> bool:
    """Whether a question counts as unanswered."""
    return answer is None or answer == "" or answer == []


def fits(kind: Kind, answer: Any) -> bool:
    """Whether an answer that is not empty has its question's shape; choices are looked up elsewhere."""
    return _FITS[kind](answer)


def read(kind: Kind, answer: Any) -> Value:
    """The answer as an expression reads it; what is empty or does not fit is an empty text."""
    if empty(answer) or kind not in _FITS or not fits(kind, answer):
        return ""
    match kind:
        case Kind.INTEGER | Kind.DECIMAL:
            return float(answer)
        case Kind.SELECT_MULTIPLE:
            return " ".join(answer)
        case Kind.ACKNOWLEDGE:
            return "OK"
        case Kind.GEOPOINT:
            return f"{answer['lat']} {answer['lon']} 0 {answer.get('accuracy', 0)}"
    return str(answer)


def _text(answer: Any) -> bool:
    return isinstance(answer, str) and len(answer) <= LONGEST_TEXT and "\x00" not in answer


def _integer(answer: Any) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool) and abs(answer) <= LARGEST_INTEGER


def _decimal(answer: Any) -> bool:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return False
    return abs(answer) <= 1e15 and math.isfinite(answer)


def _day(answer: Any) -> bool:
    try:
        return isinstance(answer, str) and bool(_DAY.fullmatch(answer)) and bool(date.fromisoformat(answer))
    except ValueError:
        return False


def _several(answer: Any) -> bool:
    if not isinstance(answer, list) or not all(isinstance(each, str) for each in answer):
        return False
    return len(set(answer)) == len(answer) <= MOST_CHOSEN


def _file(answer: Any) -> bool:
    return isinstance(answer, str) and _FILE.fullmatch(answer) is not None


def _point(answer: Any) -> bool:
    if not isinstance(answer, dict) or not {"lat", "lon"} <= set(answer) <= {"lat", "lon", "accuracy"}:
        return False
    if not all(_decimal(each) for each in answer.values()):
        return False
    lat, lon, accuracy = float(answer["lat"]), float(answer["lon"]), float(answer.get("accuracy", 0))
    return abs(lat) <= 90 and abs(lon) <= 180 and accuracy >= 0


_FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _day,
    Kind.TIME: lambda answer: isinstance(answer, str) and _TIME.fullmatch(answer) is not None,
    Kind.SELECT_ONE: lambda answer: isinstance(answer, str) and len(answer) <= 200,
    Kind.SELECT_MULTIPLE: _several,
    Kind.AUDIO: _file,
    Kind.IMAGE: _file,
    Kind.GEOPOINT: _point,
    Kind.ACKNOWLEDGE: lambda answer: answer is True,
}

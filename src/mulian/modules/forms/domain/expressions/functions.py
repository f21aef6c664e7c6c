"""The functions that need nothing but their arguments. Characters are Unicode code points."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from mulian.modules.forms.domain.expressions.patterns import LONGEST_ANSWER
from mulian.modules.forms.domain.expressions.values import NAN, Value, day, number, plain, text


def selected(several: Value, one: Value) -> bool:
    return text(one).strip() in text(several).split()


def regex(value: Value, pattern: Value) -> bool:
    said = text(value)
    return len(said) <= LONGEST_ANSWER and re.fullmatch(text(pattern), said, re.ASCII) is not None


def substr(value: Value, start: Value, end: Value | None = None) -> str:
    """From `start` (the first is 0) up to but without `end`."""
    said = text(value)
    first, last = _index(number(start)), len(said) if end is None else _index(number(end))
    return said[max(first, 0) : max(last, 0)]


def _index(count: float) -> int:
    return 0 if math.isnan(count) else int(max(min(count, 1e9), -1e9))


def total(values: Value) -> float:
    return sum(_numbers(values), 0.0)


def smallest(*values: Value) -> float:
    return min((each for value in values for each in _numbers(value)), default=NAN)


def largest(*values: Value) -> float:
    return max((each for value in values for each in _numbers(value)), default=NAN)


def _numbers(values: Value) -> list[float]:
    """What is unanswered or no number does not count."""
    several = values if isinstance(values, list) else [values]
    return [found for each in several if not math.isnan(found := number(each))]


def whole(value: Value) -> float:
    """Towards nought."""
    found = number(value)
    return found if not math.isfinite(found) else float(math.trunc(found))


def rounded(value: Value, places: Value = 0.0) -> float:
    """Halves go up (XPath 1.0 §4.4); `places` behind the point."""
    found, scale = number(value), 10.0 ** _index(number(places))
    return found if not math.isfinite(found) else math.floor(found * scale + 0.5) / scale


def joined(*values: Value) -> str:
    several = (each for value in values for each in (value if isinstance(value, list) else [value]))
    return "".join(text(each) for each in several)


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "selected": selected,
    "count-selected": lambda value: float(len(text(value).split())),
    "string-length": lambda value: float(len(text(value))),
    "regex": regex,
    "coalesce": lambda first, second: plain(first) if text(first) != "" else plain(second),
    "count": lambda values: float(len(values)) if isinstance(values, list) else float(text(values) != ""),
    "sum": total,
    "min": smallest,
    "max": largest,
    "int": whole,
    "round": rounded,
    "number": number,
    "string": text,
    "concat": joined,
    "contains": lambda value, part: text(part) in text(value),
    "starts-with": lambda value, part: text(value).startswith(text(part)),
    "substr": substr,
    "date": day,
    "decimal-date-time": lambda value: number(text(value)),
    "true": lambda: True,
    "false": lambda: False,
}

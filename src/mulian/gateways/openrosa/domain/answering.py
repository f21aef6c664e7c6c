"""From the XML of a filled form to our answers: each node is read as the form's definition types it.

Nodes the definition does not name (when it began, which device, the form's own counters) are no answers. What cannot be
read as its type stays the text it was: whoever checks answers says what is wrong with it, and nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mulian.gateways.openrosa.domain.reading import Element

Node = Mapping[str, Any]
MEDIA = frozenset({"audio", "image"})
_TIME = re.compile(r"(\d{2}:\d{2})(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?")
_NUMBER = re.compile(r"-?\d{1,18}(\.\d+)?")


def answers(items: Sequence[Node], filled: Element) -> dict[str, Any]:
    """name → value, object of a group, list of a repeat; what was not answered is left out."""
    found = {}
    for node in items:
        value = _answer(node, filled)
        if value not in (None, "", {}, []):
            found[node["name"]] = value
    return found


def _answer(node: Node, filled: Element) -> Any:
    name, kind = node["name"], node["type"]
    if kind == "repeat":
        return [answers(node["children"], each) for each in filled.named(name)]
    if kind == "group":
        inside = filled.child(name)
        return answers(node["children"], inside) if inside else None
    said = filled.said(name)
    return _READERS.get(kind, str)(said) if said else None


def files_of(items: Sequence[Node], answered: Mapping[str, Any]) -> Iterator[str]:
    """The names of files that answers to audio and image questions speak of, in the form's order."""
    for node in items:
        value = answered.get(node["name"])
        if node["type"] in MEDIA and isinstance(value, str):
            yield value
        elif node["type"] == "group" and isinstance(value, dict):
            yield from files_of(node["children"], value)
        elif node["type"] == "repeat" and isinstance(value, list):
            for each in value:
                yield from files_of(node["children"], each)


def _whole(said: str) -> int | str:
    return int(said) if re.fullmatch(r"-?\d{1,18}", said) else said


def _number(said: str) -> float | str:
    return float(said) if _NUMBER.fullmatch(said) else said


def _day(said: str) -> str:
    found = _DAY.fullmatch(said)
    return found[1] if found else said


def _time(said: str) -> str:
    found = _TIME.fullmatch(said)
    return found[1] if found else said


def _point(said: str) -> dict[str, float] | str:
    """`lat lon altitude accuracy`, the last two optional; the altitude is not kept."""
    parts = said.split()
    if not 2 <= len(parts) <= 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return said
    accuracy = {"accuracy": float(parts[3])} if len(parts) == 4 else {}
    return {"lat": float(parts[0]), "lon": float(parts[1]), **accuracy}


def _ticked(said: str) -> bool | str:
    return True if said in {"OK", "true"} else said


_READERS: Mapping[str, Callable[[str], Any]] = {
    "integer": _whole,
    "decimal": _number,
    "date": _day,
    "time": _time,
    "select_multiple": str.split,
    "geopoint": _point,
    "acknowledge": _ticked,
    "note": lambda _: None,
}

"""Answers against the form they were given to: the same on the phone, in the console and from other apps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mulian.modules.forms.domain.answers.filling import MOST_INSTANCES, Filling, Spot
from mulian.modules.forms.domain.answers.fitting import empty, fits
from mulian.modules.forms.domain.definition import HOLDERS, SELECTS, SILENT, Definition, Kind

UNKNOWN, TYPE, CHOICE, REQUIRED, CONSTRAINT, TOO_MANY = (
    "unknown", "type", "choice", "required", "constraint", "too_many"
)  # fmt: skip
"""Why an answer is refused: no such question; wrong shape; not offered; missing; against its rule; too many rows."""


@dataclass(frozen=True)
class Outcome:
    """Keys are paths with positions from 1 (`members[2]/age`)."""

    relevant: Mapping[str, bool]
    refused: Mapping[str, str]
    kept: Mapping[str, Any]


def check(
    form: Definition, answers: Mapping[str, Any], *, today: str, now: str = "", language: str = "zh"
) -> Outcome:
    """What is asked, why what is refused, and what is kept: relevant answers and calculations only."""
    filling = Filling(form, answers, today, now, language)
    spots = list(filling.spots())
    refused = dict(_strangers(form, answers, "", ""))
    for spot in spots:
        why = _refused(spot) if spot.relevant else None
        if why:
            refused.setdefault(spot.name, why)
    relevant = {spot.name: spot.relevant for spot in spots}
    return Outcome(relevant, refused, _kept([Spot(filling, item, ()) for item in form.items]))


def _refused(spot: Spot) -> str | None:
    node, answer = spot.node, spot.raw
    if node.type in HOLDERS:
        return _holder(spot)
    if node.type in SILENT or node.calculation is not None:
        return None
    if empty(answer):
        return REQUIRED if spot.holds(node.required) else None
    if not fits(node.type, answer):
        return TYPE
    if node.type in SELECTS and not _offered(spot):
        return CHOICE
    return None if node.constraint is None or spot.holds(node.constraint) else CONSTRAINT


def _holder(spot: Spot) -> str | None:
    answer = spot.raw
    if answer is None:
        return None
    if spot.node.type == Kind.GROUP:
        return None if isinstance(answer, dict) else TYPE
    if not isinstance(answer, list) or not all(isinstance(each, dict) for each in answer):
        return TYPE
    return TOO_MANY if len(answer) > MOST_INSTANCES else None


def _offered(spot: Spot) -> bool:
    chosen = spot.raw if isinstance(spot.raw, list) else [spot.raw]
    return set(chosen) <= {choice.name for choice in spot.offered()}


def _strangers(form: Definition, answers: Any, path: str, name: str) -> Iterator[tuple[str, str]]:
    """Answers to questions that the form does not have."""
    for key, value in answers.items() if isinstance(answers, Mapping) else ():
        below, shown = (f"{path}/{key}", f"{name}/{key}") if path else (key, key)
        node = form.nodes.get(below)
        if node is None or "/" in key:
            yield shown, UNKNOWN
        elif node.type == Kind.GROUP:
            yield from _strangers(form, value, below, shown)
        elif node.type == Kind.REPEAT and isinstance(value, list):
            for at, each in enumerate(value[:MOST_INSTANCES], 1):
                yield from _strangers(form, each, below, f"{shown}[{at}]")


def _kept(spots: list[Spot]) -> dict[str, Any]:
    found = {spot.node.name: _value(spot) for spot in spots if spot.relevant}
    return {name: value for name, value in found.items() if not _nothing(value)}


def _value(spot: Spot) -> Any:
    match spot.node.type:
        case Kind.NOTE:
            return None
        case Kind.GROUP:
            return _inside(spot)[0]
        case Kind.REPEAT:
            return _inside(spot)
    if spot.node.calculation is not None:
        return _calculated(spot)
    return spot.raw if fits(spot.node.type, spot.raw) else None


def _inside(spot: Spot) -> list[dict[str, Any]]:
    """What its children keep, once for each instance."""
    return [
        _kept([Spot(spot.filling, child, place) for child in spot.node.children]) for place in spot.places
    ]


def _calculated(spot: Spot) -> Any:
    """A number that is whole is an integer; what is no number is nothing."""
    value = spot.own()
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and spot.node.type != Kind.DECIMAL else value
    return value


def _nothing(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}

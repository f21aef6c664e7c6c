"""What can be asked for: services and the questions that go with them, in one language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mulian.gateways.open311.domain.refusals import ANSWER_NEEDED, BAD_ANSWER, Refused
from mulian.gateways.open311.domain.times import parsed
from mulian.kernel.problems import Problem

LONGEST = 1000
"""Characters of one answer."""


class Datatype(StrEnum):
    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLE = "singlevaluelist"
    MULTI = "multivaluelist"


class Type(StrEnum):
    """realtime: the number comes at once; batch: a token comes, and the number follows."""

    REALTIME = "realtime"
    BATCH = "batch"


LISTS = frozenset({Datatype.SINGLE, Datatype.MULTI})


@dataclass(frozen=True, kw_only=True)
class Choice:
    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One question. Where `variable` is false it only tells something and takes no answer."""

    code: str
    datatype: Datatype
    description: str
    hint: str = ""
    required: bool = False
    variable: bool = True
    order: int = 1
    values: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Service:
    """`code` is a topic of the pack. `public`: its requests may be listed; `fine`: their place finely."""

    code: str
    name: str
    description: str
    group: str
    keywords: tuple[str, ...] = ()
    type: Type = Type.REALTIME
    public: bool = True
    fine: bool = False
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One answered question, in the words of the definition: "how wide: 3"."""

    code: str
    question: str
    words: str


def answers(service: Service, given: Mapping[str, Sequence[str]]) -> tuple[Answer, ...]:
    """Checked answers in the definition's order; unknown codes are left alone, empty is absent. Raises Refused."""
    wrong: list[Problem] = []
    found: list[Answer] = []
    for asked in _asked(service):
        values = [value.strip() for value in given.get(asked.code, ()) if value.strip()]
        if not values and asked.required:
            wrong.append(Problem(ANSWER_NEEDED, attribute=asked.code))
        elif values and not _fits(asked, values):
            wrong.append(Problem(BAD_ANSWER, attribute=asked.code))
        elif values:
            found.append(Answer(asked.code, asked.description, _words(asked, values)))
    if wrong:
        raise Refused(wrong)
    return tuple(found)


def _asked(service: Service) -> Iterator[Attribute]:
    return (each for each in sorted(service.attributes, key=lambda each: each.order) if each.variable)


def _fits(asked: Attribute, values: Sequence[str]) -> bool:
    if any(len(value) > LONGEST for value in values) or (
        len(values) > 1 and asked.datatype is not Datatype.MULTI
    ):
        return False
    if asked.datatype in LISTS:
        return {*values} <= {choice.key for choice in asked.values}
    if asked.datatype is Datatype.NUMBER:
        return _is_number(values[0])
    return asked.datatype is not Datatype.DATETIME or parsed(values[0]) is not None


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and text.isascii() and "_" not in text
    except ValueError:
        return False


def _words(asked: Attribute, values: Sequence[str]) -> str:
    names = {choice.key: choice.name for choice in asked.values}
    return ", ".join(names.get(value, value) for value in dict.fromkeys(values))

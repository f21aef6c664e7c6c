"""Service lists: what one department may keep a list for, how long, and what is said of each family on it.

A list serves one purpose of the pack, is read by its department only, and ends. It holds no rank and no score, and
nothing that BOUNDARIES refuses can be its purpose or its words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mulian.kernel.problems import Problem, register
from mulian.kernel.refused import refused_in
from mulian.modules.cases.domain.services import Names

LIST_MOST = 2000
"""Families on one list; more is a survey."""
TEXT_MOST = 300
WHY_MOST = 300
NO_PURPOSE = register(
    "cases.no_purpose",
    422,
    "Your department keeps no list for this purpose.",
    "Choose one of the purposes shown.",
)
REFUSED_PURPOSE = register(
    "cases.refused_purpose",
    422,
    "A list may not be kept for that: Mulian keeps no lists of people by what they are or think.",
    "Say only what service the families are owed.",
)
LIST_DAYS = register(
    "cases.list_days",
    422,
    "The list would be kept too long.",
    "Choose an earlier day; the purpose says how long it may be.",
)
LIST_EMPTY = register(
    "cases.list_empty", 422, "No family is on the list.", "Add household numbers, or choose another fact."
)
LIST_TOO_LONG = register(
    "cases.list_too_long", 422, "There are too many families for one list.", "Choose a smaller area."
)
LIST_UNKNOWN = register(
    "cases.list_unknown",
    422,
    "Line %(line)s names no family in your area.",
    "Correct the household number in that line, or take the line out.",
)
LIST_WHERE = register(
    "cases.list_where", 422, "A list lies in your own area.", "Choose an area your duty covers."
)
LIST_FACT = register(
    "cases.list_fact",
    422,
    "This fact may not choose families for the purpose.",
    "Choose one of the facts shown, or write the numbers.",
)
WHY_NEEDED = register(
    "cases.list_why", 422, "What could not be done needs its reason.", "Say it in a few words."
)


class Mark(StrEnum):
    """What a liaison says of one family."""

    OPEN = "open"
    DONE = "done"
    NOT_YET = "not_yet"
    CANNOT = "cannot"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """One purpose of the pack."""

    code: str
    name: Names
    departments: tuple[str, ...]
    facts: tuple[str, ...] = ()
    days: int = 31


Purposes = Mapping[str, Purpose]


@dataclass(frozen=True)
class Line:
    """One line that somebody wrote or uploaded: a household's number, perhaps a member's name."""

    number: str
    member: str
    at: int


def check(purposes: Purposes, code: str, *, unit: str, until: date, today: date, text: str) -> Purpose:
    """The purpose, when this department may keep such a list so long. Raises the Problem that names what is wrong."""
    purpose = purposes.get(code)
    if purpose is None or unit not in purpose.departments:
        raise Problem(NO_PURPOSE)
    if refused_in(text) is not None:
        raise Problem(REFUSED_PURPOSE)
    if not today < until <= today + timedelta(days=purpose.days):
        raise Problem(LIST_DAYS)
    return purpose


def lines(text: str) -> list[Line]:
    """What was typed, pasted or uploaded: number, name; a heading and empty lines are passed over, twice is once."""
    found: dict[tuple[str, str], Line] = {}
    for at, row in enumerate(csv.reader(io.StringIO(text.replace("，", ",").replace("\t", ","))), start=1):
        cells = [cell.strip().strip("\ufeff") for cell in row]
        number, member = [*cells, "", ""][:2]
        if number and (at > 1 or any(letter.isdigit() for letter in number)):
            found.setdefault((number, member), Line(number, member, at))
    return list(found.values())


def check_mark(mark: Mark, why: str) -> None:
    """Raises `cases.list_why` where a reason is missing."""
    if mark is Mark.CANNOT and not why.strip():
        raise Problem(WHY_NEEDED)


def counted(marks: Iterable[str]) -> dict[Mark, int]:
    """How many families stand where, in the order of the marks."""
    found = dict.fromkeys(Mark, 0)
    for mark in marks:
        found[Mark(mark)] += 1
    return found

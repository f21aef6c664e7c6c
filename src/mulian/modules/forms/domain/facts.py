"""Answers that the register is told, and of whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mulian.modules.forms.domain.definition import About, Choice, Definition, Kind, Node

PREFILLED = frozenset(
    {
        "household.name", "household.number", "household.area", "member.id", "member.name", "member.born", "camp.id",
        "camp.name", "institution.name",
    }
)  # fmt: skip
"""Words that are only shown: nothing is told of them."""
INSTANCES = frozenset({"member", "camp"})
"""`fact` of a repeat: each row is one of them, by the answer that carries `<kind>.id`."""
NUMBER = "household.number"
FITS: Mapping[str, frozenset[Kind]] = {
    "count": frozenset({Kind.INTEGER, Kind.CALCULATE}),
    "number": frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE}),
    "yes_no": frozenset({Kind.SELECT_ONE}),
    "safe": frozenset({Kind.SELECT_ONE, Kind.CALCULATE}),
    "choice": frozenset({Kind.SELECT_ONE}),
    "date": frozenset({Kind.DATE, Kind.CALCULATE}),
    "text": frozenset({Kind.TEXT, Kind.CALCULATE}),
}
"""type of the item → kinds of question that answer it."""
YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Item:
    """What a form must know of an item of the register: its type, of whom it is, and its choices' codes."""

    type: str
    of: str
    choices: frozenset[str]


@dataclass(frozen=True)
class Told:
    """One answer as the register takes it. `whose` None: the household's."""

    code: str
    value: Any
    of: str
    whose: UUID | None


def fact_wrong(form: Definition, node: Node, items: Mapping[str, Item]) -> bool:
    """Whether a question's `fact` fits nothing the register holds."""
    if node.fact in INSTANCES:
        return node.type != Kind.REPEAT or form.about != About.HOUSEHOLD
    if node.fact in PREFILLED:
        return node.type not in (Kind.TEXT, Kind.INTEGER, Kind.NOTE)
    item = items.get(node.fact)
    if item is None or node.type not in FITS[item.type] or _of(form, node.path) != item.of:
        return True
    return not _choices(node.choices) <= (item.choices or frozenset(YES_NO)) if node.choices else False


def _choices(choices: tuple[Choice, ...]) -> frozenset[str]:
    return frozenset(choice.name for choice in choices)


def _of(form: Definition, path: str) -> str:
    """Of whom an answer at this path is told: the innermost repeat of members or camps, else whom the form is about."""
    kinds = [form.nodes[repeat].fact for repeat in form.repeats[path]]
    return next((kind for kind in reversed(kinds) if kind in INSTANCES), "" if kinds else str(form.about))


def told(form: Definition, kept: Mapping[str, Any], subject: UUID | None) -> list[Told]:
    """What kept answers tell. A row whose member or camp the register does not know tells nothing."""
    whose = subject if form.about in (About.MEMBER, About.CAMP, About.INSTITUTION) else None
    return [each for item in form.items for each in _told(form, item, kept, whose)]


def _told(form: Definition, node: Node, answers: Mapping[str, Any], whose: UUID | None) -> Iterator[Told]:
    answer = answers.get(node.name)
    if answer is None:
        return
    if node.type == Kind.GROUP:
        for child in node.children:
            yield from _told(form, child, answer, whose)
    elif node.type == Kind.REPEAT:
        for row in answer:
            yield from _row(form, node, row)
    elif node.fact and node.fact not in PREFILLED:
        value = YES_NO.get(answer, answer) if node.type == Kind.SELECT_ONE else answer
        yield Told(node.fact, value, _of(form, node.path), whose)


def _row(form: Definition, repeat: Node, row: Mapping[str, Any]) -> Iterator[Told]:
    whose = _id(_answer(repeat.children, row, f"{repeat.fact}.id")) if repeat.fact else None
    if whose is not None:
        for child in repeat.children:
            yield from _told(form, child, row, whose)


def _id(text: Any) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def number(form: Definition, kept: Mapping[str, Any]) -> str:
    """The household's number as an answer names it; empty: none does."""
    return str(_answer(form.items, kept, NUMBER) or "")


def _answer(nodes: tuple[Node, ...], answers: Mapping[str, Any], fact: str) -> Any:
    for node in nodes:
        if node.fact == fact:
            return answers.get(node.name)
        if node.type == Kind.GROUP and isinstance(answers.get(node.name), Mapping):
            found = _answer(node.children, answers[node.name], fact)
            if found is not None:
                return found
    return None

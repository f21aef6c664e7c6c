"""A published form as phones, the console and the gateway see it: a tree of questions with parsed expressions.

The words are XLSForm's (https://docs.getodk.org/xlsform/) as far as our subset goes; the JSON is what phones hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from mulian.modules.forms.domain.expressions.tree import Ast

Words = Mapping[str, str]
"""zh, bo, en → words."""
Media = Mapping[str, Words]
"""audio, image, big-image → language → SHA-256 of the file; a picture without a language stands under zh."""


class Kind(StrEnum):
    """What a node of a form is. Groups and repeats hold others, a note only speaks, a calculation only counts."""

    GROUP = "group"
    REPEAT = "repeat"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"
    AUDIO = "audio"
    IMAGE = "image"
    GEOPOINT = "geopoint"
    CALCULATE = "calculate"
    ACKNOWLEDGE = "acknowledge"


class About(StrEnum):
    """What one submission speaks of."""

    HOUSEHOLD = "household"
    MEMBER = "member"
    CAMP = "camp"
    INSTITUTION = "institution"
    NONE = "none"


HOLDERS = frozenset({Kind.GROUP, Kind.REPEAT})
SELECTS = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})
MEDIA = frozenset({Kind.AUDIO, Kind.IMAGE})
SILENT = frozenset({Kind.NOTE, Kind.CALCULATE}) | HOLDERS
"""What nobody answers."""


@dataclass(frozen=True)
class Choice:
    """One possible answer. `when`: column → value, for the filter of its question."""

    name: str
    label: Words
    when: Mapping[str, str] = field(default_factory=dict)
    media: Media = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """One row of the form. `path`: names from the root joined by "/", without positions of repeats."""

    name: str
    type: Kind
    path: str
    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    media: Media = field(default_factory=dict)
    relevant: Ast | None = None
    required: Ast | None = None
    constraint: Ast | None = None
    constraint_message: Words = field(default_factory=dict)
    read_only: bool = False
    calculation: Ast | None = None
    default: str | int | float | None = None
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    choice_filter: Ast | None = None
    children: tuple[Node, ...] = ()
    count: Ast | None = None
    max_pixels: int | None = None
    fact: str = ""

    def walk(self) -> Iterator[Node]:
        """This node and all under it, in the order of the form."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Passing:
    """A form for people passing through: the questions that say what for and until which day; the longest, in days."""

    purpose: str
    until: str
    days: int


@dataclass(frozen=True)
class Definition:
    """One version of one form."""

    id: str
    version: str
    title: Words
    about: About
    items: tuple[Node, ...]
    passing: Passing | None = None

    def walk(self) -> Iterator[Node]:
        for item in self.items:
            yield from item.walk()

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """path → node, in the order of the form."""
        return {node.path: node for node in self.walk()}

    @cached_property
    def media(self) -> frozenset[str]:
        """SHA-256 of every picture and sound of its labels."""
        shown = [node.media for node in self.walk()]
        shown += [choice.media for node in self.walk() for choice in node.choices]
        return frozenset(sha256 for media in shown for names in media.values() for sha256 in names.values())

    @cached_property
    def repeats(self) -> Mapping[str, tuple[str, ...]]:
        """path → the repeats around it, outermost first; a repeat is not around itself."""
        return {path: tuple(each for each in _above(path) if self._repeats(each)) for path in self.nodes}

    def _repeats(self, path: str) -> bool:
        return self.nodes[path].type == Kind.REPEAT


def _above(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def load(data: Mapping[str, Any]) -> Definition:
    """From the JSON that `dump` makes; the data is our own and taken as it is."""
    return Definition(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        about=About(data["about"]),
        items=_nodes(data["items"], ""),
        passing=Passing(**data["passing"]) if "passing" in data else None,
    )


def dump(form: Definition) -> dict[str, Any]:
    """As phones hold it: what is empty does not travel."""
    found = {
        "id": form.id,
        "version": form.version,
        "title": dict(form.title),
        "about": str(form.about),
        "items": [_row(node) for node in form.items],
    }
    return found | ({"passing": asdict(form.passing)} if form.passing else {})


_PLAIN = (
    "label", "hint", "media", "relevant", "required", "constraint", "constraint_message", "read_only",
    "calculation", "default", "appearance", "choice_filter", "count", "max_pixels", "fact",
)  # fmt: skip


def _nodes(rows: list[Mapping[str, Any]], above: str) -> tuple[Node, ...]:
    return tuple(_node(row, above) for row in rows)


def _node(row: Mapping[str, Any], above: str) -> Node:
    path = f"{above}/{row['name']}" if above else row["name"]
    return Node(
        name=row["name"],
        type=Kind(row["type"]),
        path=path,
        choices=tuple(Choice(**choice) for choice in row.get("choices", ())),
        children=_nodes(row.get("children", []), path),
        **{key: row[key] for key in _PLAIN if key in row},
    )


def _row(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"name": node.name, "type": str(node.type)}
    found |= {key: value for key in _PLAIN if (value := getattr(node, key)) or _nought(value)}
    if node.choices:
        found["choices"] = [_choice(choice) for choice in node.choices]
    if node.children:
        found["children"] = [_row(child) for child in node.children]
    return found


def _nought(value: object) -> bool:
    """A default of 0 says something, an empty word does not."""
    return value == 0 and not isinstance(value, bool)


def _choice(choice: Choice) -> dict[str, Any]:
    found = {"name": choice.name, "label": choice.label}
    return found | {key: said for key in ("media", "when") if (said := getattr(choice, key))}

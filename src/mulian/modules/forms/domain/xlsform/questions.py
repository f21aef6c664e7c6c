"""One row of the survey as a node, without its expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from mulian.modules.forms.domain.answers.fitting import fits
from mulian.modules.forms.domain.definition import SELECTS, Choice, Kind, Node
from mulian.modules.forms.domain.expressions.tree import Ast
from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.headings import words
from mulian.modules.forms.domain.xlsform.tables import Row

ALIASES = {"photo": "image", "trigger": "acknowledge", "int": "integer"}
APPEARANCES = frozenset(
    {
        "compact", "columns", "field-list", "hidden", "horizontal", "likert", "minimal", "multiline", "no-buttons",
        "numbers", "quick", "quickcompact",
    }
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_PIXELS = re.compile(r"max-pixels ?= ?([1-9][0-9]{1,3})")
_RANGE = re.compile(
    r"start ?= ?(-?\d{1,9}(?:\.\d{1,6})?) end ?= ?(-?\d{1,9}(?:\.\d{1,6})?)(?: step ?= ?(1))?"
)
"""Steps other than one would be rounded differently by each program; a constraint says them better."""
_QUALITY = re.compile(r"quality ?= ?(voice-only|low|normal)")
RESERVED = frozenset({"meta", "instanceID", "instanceName", "__version__"})
YES = frozenset({"yes", "true", "true()", "TRUE"})


def read_question(
    row: Row, above: str, choices: Mapping[str, tuple[Choice, ...]], headings: tuple[str, ...], faults: Faults
) -> Node | None:
    """None where the kind is not ours."""
    written, _, listed = row.text("type").partition(" ")
    kind = _kind_of_range(row) if written == "range" else ALIASES.get(written, written)
    if kind not in set(Kind) or (bool(listed) != (kind in SELECTS)):
        faults.add("type", row.at("type"))
        return None
    return _question(Kind(kind), row, above, _listed(row, listed, choices, faults), headings, faults)


def _kind_of_range(row: Row) -> str:
    """A number between two: ours are asked like every number, other programs draw a slider."""
    return Kind.DECIMAL if "." in row.text("parameters") else Kind.INTEGER


def bounds(row: Row) -> Ast | None:
    """What a range allows, as a rule of its own."""
    said = _RANGE.fullmatch(row.text("parameters")) if row.text("type") == "range" else None
    if said is None:
        return None
    low, high = (float(each) if "." in each else int(each) for each in said.groups()[:2])
    return ["and", [">=", ["self"], ["lit", low]], ["<=", ["self"], ["lit", high]]]


def _listed(
    row: Row, name: str, choices: Mapping[str, tuple[Choice, ...]], faults: Faults
) -> tuple[Choice, ...]:
    if name and name not in choices:
        faults.add("list", row.at("type"))
    return choices.get(name, ())


def _question(
    kind: Kind, row: Row, above: str, choices: tuple[Choice, ...], headings: tuple[str, ...], faults: Faults
) -> Node:
    label = words(row, "label", headings)
    if kind != Kind.CALCULATE and not {"zh", "bo"} <= set(label):
        faults.add("label", row.at("name"))
    message = words(row, "constraint_message", headings)
    if message and not {"zh", "bo"} <= set(message):
        faults.add("label", row.at("constraint"))
    node = Node(
        name=_named(row, faults),
        type=kind,
        path=f"{above}/{row.text('name')}" if above else row.text("name"),
        label=label,
        hint=words(row, "hint", headings),
        constraint_message=message,
        read_only=_said_yes(row, "read_only", faults),
        appearance=_appearance(row, faults),
        choices=choices,
        fact=row.text("fact"),
    )
    return replace(
        node,
        max_pixels=_pixels(kind, row, faults),
        default=_default(kind, row, {c.name for c in choices}, faults),
    )


def _named(row: Row, faults: Faults) -> str:
    name = row.text("name")
    if not _NAME.fullmatch(name) or name in RESERVED:
        faults.add("name", row.at("name"))
    return name


def _said_yes(row: Row, column: str, faults: Faults) -> bool:
    if row.text(column) not in YES | {"", "no", "false", "false()", "FALSE"}:
        faults.add("yes", row.at(column))
    return row.text(column) in YES


def _appearance(row: Row, faults: Faults) -> str:
    if not set(row.text("appearance").split()) <= APPEARANCES:
        faults.add("appearance", row.at("appearance"))
    return row.text("appearance")


def _pixels(kind: Kind, row: Row, faults: Faults) -> int | None:
    said = row.text("parameters")
    if row.text("type") == "range":
        if not _RANGE.fullmatch(said):
            faults.add("range", row.at("parameters"))
        return None
    pixels = _PIXELS.fullmatch(said) if kind == Kind.IMAGE else None
    if said and not pixels and not (kind == Kind.AUDIO and _QUALITY.fullmatch(said)):
        faults.add("parameter", row.at("parameters"))
    return int(pixels[1]) if pixels else None


def _default(kind: Kind, row: Row, offered: set[str], faults: Faults) -> str | int | float | None:
    """A plain value; what JavaRosa would have to work out belongs into a calculation."""
    said = row.text("default")
    if not said:
        return None
    try:
        value = int(said) if kind == Kind.INTEGER else float(said) if kind == Kind.DECIMAL else said
    except ValueError:
        value = said
    plain = kind in (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.SELECT_ONE)
    strange = "(" in said or "${" in said or (kind == Kind.SELECT_ONE and said not in offered)
    if not plain or strange or not fits(kind, value):
        faults.add("default", row.at("default"))
    return value

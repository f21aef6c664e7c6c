"""The expressions of a form, once all its questions are known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mulian.modules.forms.domain.definition import Kind, Node
from mulian.modules.forms.domain.expressions.parsing import parse
from mulian.modules.forms.domain.expressions.tree import Ast, parts
from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.questions import YES, bounds
from mulian.modules.forms.domain.xlsform.tables import Row

COLUMNS = {
    "relevant": "relevant",
    "required": "required",
    "constraint": "constraint",
    "calculation": "calculation",
    "choice_filter": "choice_filter",
    "repeat_count": "count",
}
"""column → field of the node."""
_NAMED = re.compile(r"\$\{([^{}]+)\}")
ALWAYS: Ast = ["call", "true"]


class Expressions:
    """`rows`: path → the row a node was read from."""

    def __init__(self, nodes: Iterable[Node], rows: dict[str, Row], faults: Faults) -> None:
        self.rows, self.faults = rows, faults
        self.paths: defaultdict[str, list[str]] = defaultdict(list)
        for item in nodes:
            for node in item.walk():
                self.paths[node.name].append(node.path)

    def of(self, node: Node, in_repeat: bool = False) -> Node:
        """The node with its expressions, and all under it with theirs."""
        inside = in_repeat or node.type == Kind.REPEAT
        found: dict[str, Any] = {
            field: self._read(node, column, in_repeat) for column, field in COLUMNS.items()
        }
        if (allowed := bounds(self.rows[node.path])) is not None:
            found["constraint"] = (
                allowed if found["constraint"] is None else ["and", allowed, found["constraint"]]
            )
        if node.type == Kind.CALCULATE and found["calculation"] is None:
            self.faults.add("value", self.rows[node.path].at("calculation"))
        children = tuple(self.of(child, inside) for child in node.children)
        for field in ("label", "hint", "constraint_message"):
            found[field] = {code: self._spoken(node, text) for code, text in getattr(node, field).items()}
        return replace(node, children=children, **found)

    def _spoken(self, node: Node, text: str) -> str:
        """Words may name an answer: `${name}` becomes `${path}`, and whoever shows it puts the answer there."""
        for name in _NAMED.findall(text):
            path = self._path(name)
            if path is None:
                self.faults.add("reference", self.rows[node.path].at("name"), f"${{{name}}}")
            text = text.replace(f"${{{name}}}", f"${{{path}}}")
        return text

    def _read(self, node: Node, column: str, in_repeat: bool) -> Ast | None:
        cell = self.rows[node.path].at(column)
        if not cell.text or (column == "required" and cell.text in ("no", "false", "FALSE")):
            return None
        if column == "required" and cell.text in YES:
            return ALWAYS
        with self.faults.expression(cell):
            ast = parse(cell.text, self._path, in_choices=column == "choice_filter")
            self._check(node, column, ast, in_repeat)
            return ast
        return None

    def _path(self, name: str) -> str | None:
        found = self.paths.get(name, [])
        return found[0] if len(found) == 1 else None

    def _check(self, node: Node, column: str, ast: Ast, in_repeat: bool) -> None:
        cell = self.rows[node.path].at(column)
        if ["call", "position"] in list(parts(ast)) and not in_repeat:
            self.faults.add("position", cell)
        if column == "repeat_count" and ast[0] != "ref":
            self.faults.add("reference", cell)
        asked = {part[1] for part in parts(ast) if part[0] == "choice"} - {"name"}
        if not asked <= {key for choice in node.choices for key in choice.when}:
            self.faults.add("column", cell)
        if (column == "repeat_count") > (node.type == Kind.REPEAT) or (
            column == "choice_filter" and not node.choices
        ):
            self.faults.add("type", cell)

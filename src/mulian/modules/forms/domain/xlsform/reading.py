"""From tables to a definition: every fault named by its cell, nothing dropped silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from mulian.kernel.refused import refused_in
from mulian.modules.forms.domain.definition import Choice, Definition, Kind, Node
from mulian.modules.forms.domain.xlsform.choices import read_choices
from mulian.modules.forms.domain.xlsform.circles import circle
from mulian.modules.forms.domain.xlsform.expressions import Expressions
from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.headings import check_headings
from mulian.modules.forms.domain.xlsform.media import File, Files
from mulian.modules.forms.domain.xlsform.questions import read_question
from mulian.modules.forms.domain.xlsform.settings import check_passing, read_settings
from mulian.modules.forms.domain.xlsform.tables import Cell, Row, Tables

DEEPEST = 6
"""Groups and repeats within each other."""
NO_FILES: Mapping[str, File] = {}
FactWrong = Callable[[Definition, Node], bool]
"""Whether a node's `fact` fits no item of the register."""


def read_form(
    tables: Tables, *, fact_wrong: FactWrong, files: Mapping[str, File] = NO_FILES, sent: Iterable[str] = ()
) -> Definition:
    """`files`: those the form may name; `sent`: those it must name. Raises NotAForm with everything that is wrong."""
    faults = Faults()
    media = Files(files, faults)
    _guard(tables, faults)
    check_headings(tables, faults)
    settings = read_settings(tables, faults)
    survey = _Survey(tables, read_choices(tables, media, faults), media, faults)
    items = survey.items()
    for name in sorted(set(sent) - media.named):
        faults.unused(name)
    faults.stop()
    expressions = Expressions(items, survey.rows, faults)
    form = Definition(
        settings.id,
        settings.version,
        settings.title,
        settings.about,
        tuple(expressions.of(item) for item in items),
        settings.passing,
    )
    check_passing(form, tables, faults)
    faults.stop()
    if path := circle(form):
        faults.add("circle", survey.rows[path].at("name"))
    for path, node in form.nodes.items():
        if node.fact and fact_wrong(form, node):
            faults.add("fact", survey.rows[path].at("fact"))
    faults.stop()
    return form


def _guard(tables: Tables, faults: Faults) -> None:
    """What Mulian refuses to hold may not even be asked (G1)."""
    for cell in tables.cells():
        if word := refused_in(cell.text):
            faults.add("refused", cell, word)


class _Survey:
    """Reads the rows of the survey into a tree."""

    def __init__(
        self, tables: Tables, choices: Mapping[str, tuple[Choice, ...]], files: Files, faults: Faults
    ) -> None:
        self.headings = tables.headings.get("survey", ())
        self.left = list(tables.rows.get("survey", ()))[::-1]
        self.choices, self.files, self.faults = choices, files, faults
        self.rows: dict[str, Row] = {}

    def items(self) -> list[Node]:
        found = self._inside("", "")
        if not found and not self.faults.found:
            self.faults.add("group", Cell("survey", 2, "type", "survey"))
        return found

    def _inside(self, above: str, kind: str) -> list[Node]:
        """The nodes up to the end of the group or repeat that they stand in."""
        found: list[Node] = []
        while self.left:
            row = self.left.pop()
            said = row.text("type").replace("_", " ").lower().split()
            if said[:1] == ["end"]:
                if said[1:] != [kind]:
                    self.faults.add("group", row.at("type"))
                return found
            node = (
                self._holder(row, said[1], above)
                if said[:1] == ["begin"] and said[1:]
                else self._question(row, above)
            )
            if node is not None:
                self._once(node, found, row)
                found.append(node)
        if kind:
            self.faults.add("group", Cell("survey", 1, "type", f"begin {kind}"))
        return found

    def _question(self, row: Row, above: str) -> Node | None:
        node = self._node(row, above)
        if node is not None and node.type in (Kind.GROUP, Kind.REPEAT):
            self.faults.add("type", row.at("type"))
            return None
        return node

    def _node(self, row: Row, above: str) -> Node | None:
        node = read_question(row, above, self.choices, self.headings, self.faults)
        return replace(node, media=self.files.of(row, self.headings)) if node else None

    def _holder(self, row: Row, kind: str, above: str) -> Node | None:
        if kind not in ("group", "repeat") or above.count("/") >= DEEPEST:
            self.faults.add("group", row.at("type"))
            return None
        begun = Row(row.sheet, row.number, {**row.cells, "type": replace(row.at("type"), text=kind)})
        node = self._node(begun, above)
        if node is None:
            return None
        return replace(node, children=tuple(self._inside(node.path, kind)))

    def _once(self, node: Node, beside: list[Node], row: Row) -> None:
        if node.name in {each.name for each in beside}:
            self.faults.add("name", row.at("name"))
        self.rows[node.path] = row

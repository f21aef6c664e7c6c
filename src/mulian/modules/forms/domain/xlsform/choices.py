"""Lists of possible answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mulian.modules.forms.domain.definition import Choice
from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.headings import SEEN, split, words
from mulian.modules.forms.domain.xlsform.media import Files
from mulian.modules.forms.domain.xlsform.tables import Row, Tables

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}")


def read_choices(tables: Tables, files: Files, faults: Faults) -> Mapping[str, tuple[Choice, ...]]:
    """list → its choices, in the order of the sheet."""
    headings = tables.headings.get("choices", ())
    found: dict[str, list[Choice]] = {}
    for row in tables.rows.get("choices", ()):
        choices = found.setdefault(row.text("list_name"), [])
        name = row.text("name")
        if not _NAME.fullmatch(name) or name in {choice.name for choice in choices}:
            faults.add("name", row.at("name"))
        choices.append(_choice(row, headings, files, faults))
    return {name: tuple(choices) for name, choices in found.items()}


def _choice(row: Row, headings: tuple[str, ...], files: Files, faults: Faults) -> Choice:
    label = words(row, "label", headings)
    if not {"zh", "bo"} <= set(label):
        faults.add("label", row.at("name"))
    columns = [each for each in headings if each and split(each) == (each, "") and each not in SEEN]
    when = {each: row.text(each) for each in columns if each not in ("list_name", "name") and row.text(each)}
    return Choice(row.text("name"), label, when, files.of(row, headings))

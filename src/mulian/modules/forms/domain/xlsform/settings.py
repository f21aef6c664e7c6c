"""What a form says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mulian.modules.forms.domain.definition import About, Words
from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.headings import LANGUAGES
from mulian.modules.forms.domain.xlsform.tables import Cell, Row, Tables

_ID = re.compile(r"[a-z][a-z0-9_-]{1,39}")
_VERSION = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True)
class Settings:
    """`title`: what the form is called in each language."""

    id: str
    version: str
    title: Words
    about: About


def read_settings(tables: Tables, faults: Faults) -> Settings:
    """Faults in the settings are added; what stands for them is empty."""
    rows = tables.rows.get("settings") or (Row("settings", 2, {}),)
    row = rows[0]
    _need(row, "form_id", _ID.fullmatch(row.text("form_id")), faults)
    _need(row, "version", _VERSION.fullmatch(row.text("version")), faults)
    title = {code: row.text(f"title_{code}") for code in LANGUAGES}
    for code in LANGUAGES:
        _need(row, f"title_{code}", title[code], faults)
    about = row.text("about") or About.NONE
    _need(row, "about", about in set(About), faults)
    _need(row, "style", row.text("style") in ("", "pages"), faults)
    return Settings(
        row.text("form_id"), row.text("version"), title, About(about) if about in set(About) else About.NONE
    )


def _need(row: Row, column: str, fine: object, faults: Faults) -> None:
    if not fine:
        cell = row.at(column)
        faults.add("setting", cell if cell.text else Cell(cell.sheet, cell.row, column, column))

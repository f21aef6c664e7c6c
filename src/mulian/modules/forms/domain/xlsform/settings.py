"""What a form says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mulian.modules.forms.domain.definition import About, Definition, Kind, Passing, Words
from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.headings import LANGUAGES
from mulian.modules.forms.domain.xlsform.tables import Cell, Row, Tables

_ID = re.compile(r"[a-z][a-z0-9_-]{1,39}")
_VERSION = re.compile(r"[0-9]{1,12}")
_PASSING = ("passing", "until", "keep_days")
MOST_DAYS = 366
"""No longer than this may anything be kept of who only passes through."""


@dataclass(frozen=True)
class Settings:
    """`title`: what the form is called in each language."""

    id: str
    version: str
    title: Words
    about: About
    passing: Passing | None = None


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
    about = About(about) if about in set(About) else About.NONE
    return Settings(row.text("form_id"), row.text("version"), title, about, _passing(row, about, faults))


def _passing(row: Row, about: About, faults: Faults) -> Passing | None:
    """All three or none; whoever passes through belongs to nothing here."""
    if not any(row.text(column) for column in _PASSING):
        return None
    for column in ("passing", "until"):
        _need(row, column, row.text(column), faults)
    days = int(row.text("keep_days")) if re.fullmatch(r"[1-9][0-9]{0,2}", row.text("keep_days")) else 0
    _need(row, "keep_days", 0 < days <= MOST_DAYS, faults)
    _need(row, "about", about == About.NONE, faults)
    return Passing(row.text("passing"), row.text("until"), days)


def check_passing(form: Definition, tables: Tables, faults: Faults) -> None:
    """What for must be answered from a list, until when is a day; both stand in no group."""
    if form.passing is None:
        return
    row = tables.rows["settings"][0]
    purpose, until = form.nodes.get(form.passing.purpose), form.nodes.get(form.passing.until)
    asked = purpose and purpose.type == Kind.SELECT_ONE and purpose.required and purpose.relevant is None
    _need(row, "passing", asked, faults)
    _need(row, "until", until and until.type == Kind.DATE, faults)


def _need(row: Row, column: str, fine: object, faults: Faults) -> None:
    if not fine:
        cell = row.at(column)
        faults.add("setting", cell if cell.text else Cell(cell.sheet, cell.row, column, column))

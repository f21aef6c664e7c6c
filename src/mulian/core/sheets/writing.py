"""Writes tables whose cells are inert: no formula, no link, nothing that a table program would run (G24).

Text goes out as text. In XLSX its type says so; a CSV has no types, so what begins like a formula gets an apostrophe
before it (OWASP ASVS 1.2.10). Reading takes it off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import xlsxwriter

Cell = str | int | float | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_INERT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMS = {
    "title": {"bold": True, "bg_color": "#E8EEF1", "text_wrap": True, "valign": "top", "bottom": 1},
    "wrong": {"bg_color": "#F8D7D3", "valign": "top"},
    "told": {"italic": True, "font_color": "#555555"},
}
LONGEST_NAME = 31


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet to write. `above`: sentences before the headings (who, why, until when). `marks`: (row, column) of
    `rows` → the sentence that says what is wrong there; the cell is coloured and carries it as a comment.
    """

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)


def write_xlsx(file: IO[bytes], sheets: Sequence[Sheet], *, footer: str = "") -> None:
    """Writes a workbook; `footer` stands under every printed page."""
    book = xlsxwriter.Workbook(file, dict(_INERT))
    forms = {name: book.add_format(form) for name, form in _FORMS.items()}
    for sheet in sheets:
        page = book.add_worksheet(_name(sheet.name))
        if footer:
            page.set_footer(f"&L{footer.replace('&', '&&')[:200]}&R&P/&N")
        _write(page, sheet, forms)
    book.close()


def _write(page: Any, sheet: Sheet, forms: Mapping[str, Any]) -> None:
    for line, sentence in enumerate(sheet.above):
        page.write_string(line, 0, sentence, forms["told"])
    first = len(sheet.above)
    for column, title in enumerate(sheet.titles):
        page.write_string(first, column, title, forms["title"])
    page.freeze_panes(first + 1, 0)
    page.set_column(0, max(0, len(sheet.titles) - 1), 16)
    for turn, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            mark = sheet.marks.get((turn, column))
            _cell(page, first + 1 + turn, column, value, forms["wrong"] if mark else None)
            if mark:
                page.write_comment(first + 1 + turn, column, mark, {"x_scale": 2, "author": "Mulian"})


def _cell(page: Any, row: int, column: int, value: Cell, form: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, form)
    elif isinstance(value, str):
        page.write_string(row, column, value, form)
    else:
        page.write_number(row, column, value, form)


def _name(name: str) -> str:
    """A name every table program takes."""
    return "".join(c for c in name if c not in "[]:*?/\\'")[:LONGEST_NAME] or "1"


def csv_bytes(sheet: Sheet) -> bytes:
    """The sheet as CSV in Unicode with its mark, so that table programs read the letters right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for sentence in sheet.above:
        writer.writerow([inert(sentence)])
    writer.writerow([inert(title) for title in sheet.titles])
    writer.writerows([inert(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def inert(value: Cell) -> Cell:
    """What no table program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value

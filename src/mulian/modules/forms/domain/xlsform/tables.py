"""Cells of a workbook with their places, as people see them in their table program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SHEETS = ("survey", "choices", "settings")
MOST_ROWS = {"survey": 500, "choices": 3000, "settings": 1}
MOST_COLUMNS = 80


@dataclass(frozen=True)
class Cell:
    """`row` from 1 with the heading's; `column` as the heading says, or its letter where there is none."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Row:
    """One filled row: heading → cell."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.text if cell else ""

    def at(self, column: str) -> Cell:
        """The cell, or the place where it would stand."""
        return self.cells.get(column) or Cell(self.sheet, self.number, column, "")


@dataclass(frozen=True)
class Tables:
    """The three sheets of an XLSForm; other sheets of a workbook are notes for people."""

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def cells(self) -> Iterable[Cell]:
        """Every heading and every filled cell."""
        for sheet, headings in self.headings.items():
            yield from (Cell(sheet, 1, heading, heading) for heading in headings if heading)
            for row in self.rows[sheet]:
                yield from row.cells.values()

    def plain(self) -> dict[str, list[list[str]]]:
        """sheet → rows of texts, the heading first, row numbers kept: what is stored and written out again."""
        return {
            sheet: [list(headings), *self._filled(sheet, headings)]
            for sheet, headings in self.headings.items()
        }

    def _filled(self, sheet: str, headings: tuple[str, ...]) -> list[list[str]]:
        rows = {row.number: row for row in self.rows[sheet]}
        last = max(rows, default=1)
        blank = [""] * len(headings)
        return [
            [rows[at].text(heading) for heading in headings] if at in rows else blank
            for at in range(2, last + 1)
        ]


def tables(lines: Iterable[tuple[str, int, list[str]]]) -> Tables:
    """From lines (sheet, number, texts); the first line of a sheet is its heading."""
    headings: dict[str, tuple[str, ...]] = {}
    rows: dict[str, list[Row]] = {}
    for name, number, texts in lines:
        sheet = name.strip().lower()
        if sheet not in SHEETS:
            continue
        smooth = [_smooth(text) for text in texts]
        if sheet not in headings:
            headings[sheet] = tuple(smooth[: MOST_COLUMNS + 1])
            rows[sheet] = []
        elif any(smooth):
            rows[sheet].append(_row(sheet, number, headings[sheet], smooth))
    return Tables(headings, {sheet: tuple(found) for sheet, found in rows.items()})


def _row(sheet: str, number: int, headings: tuple[str, ...], texts: list[str]) -> Row:
    named = [headings[at] if at < len(headings) else "" for at in range(len(texts))]
    names = [name or letter(at) for at, name in enumerate(named)]
    cells = {name: Cell(sheet, number, name, text) for name, text in zip(names, texts, strict=True) if text}
    return Row(sheet, number, cells)


def letter(at: int) -> str:
    """A, B … Z, AA: how table programs call the column of that place (from 0)."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


def _smooth(text: str) -> str:
    return re.sub(r"[ \t\r\n\u00a0]+", " ", text).strip()

"""XLSX: the ZIP is measured before it is opened, then calamine reads row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, Any

from mulian.core.sheets import limits
from mulian.core.sheets.reading import cells
from mulian.core.sheets.reading.verdict import Refused

Line = tuple[int, list[str]]
Merged = dict[tuple[int, int], tuple[int, int]]


def sheets(file: IO[bytes]) -> Iterator[tuple[str, Iterator[Line]]]:
    """Each sheet with its filled lines, numbered from 1 as the program shows them. Raises Refused."""
    measure(file)
    file.seek(0)
    from python_calamine import (  # noqa: PLC0415 -- slow import, after the limits
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
    )

    try:
        with CalamineWorkbook.from_filelike(file) as book:
            named = [m.name for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
            for name in named[: limits.SHEETS]:
                yield name, _lines(book.get_sheet_by_name(name))
    except PasswordError as error:
        raise Refused("sheets.locked") from error
    except CalamineError as error:
        raise Refused("sheets.unreadable") from error


def measure(file: IO[bytes]) -> None:
    """What the directory announces, and whether a part carries a document type (bombs of entities need one)."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
                raise Refused("sheets.too_large")
            if any(_swells(part) for part in parts):
                raise Refused("sheets.too_large")
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise Refused("sheets.wrong_type")
            for part in parts:
                _look_into(packed, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Refused("sheets.unreadable") from error


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > limits.MEGABYTE and part.file_size > limits.RATIO * max(1, part.compress_size)


def _look_into(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part declares entities. A directory that lies about sizes meets the child's own limits."""
    if not part.filename.endswith((".xml", ".rels")):
        return
    with packed.open(part) as opened:
        head = opened.read(4096)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise Refused("sheets.unreadable")


def _lines(sheet: Any) -> Iterator[Line]:
    """calamine counts lines from the sheet's first and columns from the first filled one."""
    if sheet.start is None:
        return
    left, (bottom, right) = sheet.start[1], sheet.end
    if bottom >= limits.ROWS:
        raise Refused("sheets.too_many_rows")
    if right >= limits.COLUMNS:
        raise Refused("sheets.too_many_columns")
    spread, top = _merged(sheet), dict[tuple[int, int], str]()
    for number, row in enumerate(sheet.iter_rows()):
        found = [""] * left + [cells.text(value) for value in row]
        if number < limits.MERGED_UNTIL:
            _fill(found, number, spread, top)
        if any(found):
            yield number + 1, found


def _merged(sheet: Any) -> Merged:
    """cell → the cell whose text it shows, in the first lines."""
    found: Merged = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, limits.MERGED_UNTIL) + 1):
            for column in range(left, min(right, limits.COLUMNS) + 1):
                found[row, column] = (top, left)
    return found


def _fill(row: list[str], number: int, spread: Merged, top: dict[tuple[int, int], str]) -> None:
    for column, value in enumerate(row):
        place = spread.get((number, column))
        if place == (number, column):
            top[place] = value
        elif place is not None:
            row[column] = value or top.get(place, "")

"""Puts values into cells of a worksheet's XML; every byte that is no such cell stays where and what it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from mulian.core.sheets.filling.scanning import Element, Scanned, place, scan
from mulian.core.sheets.reading.verdict import Refused

Value = int | float | str
Change = tuple[int, int, str]
"""Bytes [start, end) and what stands there afterwards."""
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SPANS = re.compile(rb"\s+spans\s*=\s*(\"[^\"]*\"|'[^']*')")
FIXED = "sheets.fixed_cell"


def written(xml: bytes, values: Mapping[str, Value]) -> bytes:
    """The XML with the values in (cell → value). Raises Refused, `sheets.fixed_cell` for a formula or a hidden part
    of merged cells.
    """
    sheet = scan(xml)
    wanted: dict[int, dict[int, tuple[str, Value]]] = {}
    for cell, value in values.items():
        row, number = place(cell)
        if any(_hides(area, (row, number)) for area in sheet.merged):
            raise Refused(FIXED)
        wanted.setdefault(row, {})[number] = (cell, value)
    return _spliced(xml, [*_changes(sheet, xml, wanted)])


def forgotten(xml: bytes) -> bytes:
    """The XML without the results that formulas had: whoever opens it works them out from the new figures."""
    cells = (cell for row in scan(xml).rows for cell in row.cells if cell.formula and cell.kept)
    return _spliced(xml, [(*cell.kept, "") for cell in cells if cell.kept])


def _hides(area: tuple[tuple[int, int], tuple[int, int]], at: tuple[int, int]) -> bool:
    (top, left), (bottom, right) = area
    return at != (top, left) and top <= at[0] <= bottom and left <= at[1] <= right


def _changes(
    sheet: Scanned, xml: bytes, wanted: Mapping[int, Mapping[int, tuple[str, Value]]]
) -> Iterator[Change]:
    by_number = {row.number: row for row in sheet.rows}
    fresh: dict[int, list[str]] = {}
    for number in sorted(wanted):
        row = by_number.get(number)
        if row is not None:
            yield from _row(sheet, row, xml, wanted[number])
            continue
        told = sorted(wanted[number].items())
        cells = "".join(_cell(sheet, cell, value, _style(sheet, None, at)) for at, (cell, value) in told)
        new = f'<{sheet.prefix}row r="{number}">{cells}</{sheet.prefix}row>'
        fresh.setdefault(next((r.start for r in sheet.rows if r.number > number), -1), []).append(new)
    for start, rows in fresh.items():
        yield _inserted(sheet.data, f"{sheet.prefix}sheetData", start, "".join(rows))


def _row(
    sheet: Scanned, row: Element, xml: bytes, wanted: Mapping[int, tuple[str, Value]]
) -> Iterator[Change]:
    held = {cell.number: cell for cell in row.cells}
    fresh: dict[int, list[str]] = {}
    for number, (cell, value) in sorted(wanted.items()):
        old = held.get(number)
        if old is None:
            new = _cell(sheet, cell, value, _style(sheet, row, number))
            fresh.setdefault(next((c.start for c in row.cells if c.number > number), -1), []).append(new)
        elif old.formula:
            raise Refused(FIXED)
        else:
            others = {k: v for k, v in old.attributes.items() if k not in ("r", "t")}
            yield old.start, old.end, _cell(sheet, cell, value, others)
    tag = SPANS.search(xml, row.start, row.inside)
    if fresh and tag:
        yield tag.start(), tag.end(), ""
    for start, cells in fresh.items():
        yield _inserted(row, f"{sheet.prefix}row", start, "".join(cells))


def _inserted(holder: Element, name: str, start: int, new: str) -> Change:
    """Before what begins at `start`, else at the end of what holds it."""
    if holder.empty:
        return holder.end - 2, holder.end, f">{new}</{name}>"
    at = start if start >= 0 else holder.closing
    return at, at, new


def _style(sheet: Scanned, row: Element | None, number: int) -> dict[str, str]:
    """A cell that was not there looks as its row says, else its column."""
    if row is not None and row.attributes.get("customFormat") in ("1", "true") and "s" in row.attributes:
        return {"s": row.attributes["s"]}
    style = next((s for first, last, s in sheet.styles if first <= number <= last), None)
    return {"s": style} if style else {}


def _cell(sheet: Scanned, cell: str, value: Value, attributes: Mapping[str, str]) -> str:
    """A number, or text that is never a formula."""
    p, told = sheet.prefix, "".join(f" {name}={quoteattr(each)}" for name, each in attributes.items())
    if isinstance(value, str):
        text = escape(NOT_TEXT.sub("", value))
        return f'<{p}c r="{cell}"{told} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'
    return f'<{p}c r="{cell}"{told}><{p}v>{value}</{p}v></{p}c>'


def _spliced(xml: bytes, changes: list[Change]) -> bytes:
    found, at = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        found += [xml[at:start], new.encode()]
        at = end
    return b"".join([*found, xml[at:]])

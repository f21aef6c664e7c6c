"""Fills a workbook's ZIP: the sheets that change are written anew, every other part is the same, byte for byte."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from copy import copy
from typing import IO
from xml.parsers import expat

from mulian.core.sheets.filling.scanning import scan
from mulian.core.sheets.filling.writing import Value, forgotten, written
from mulian.core.sheets.reading.verdict import Refused

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
WORKSHEET = "/worksheet"
"""How the kind of a sheet that has cells ends (a chart alone on a sheet has none)."""
CALCULATION = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
ON_LOAD = re.compile(rb"\s+fullCalcOnLoad\s*=\s*(\"[^\"]*\"|'[^']*')")


def fill(file: IO[bytes], out: IO[bytes], values: Mapping[int, Mapping[str, Value]]) -> None:
    """`values`: sheet from 0 → cell → value. Raises Refused, KeyError or ValueError for a workbook without them."""
    with zipfile.ZipFile(file) as book, zipfile.ZipFile(out, "w") as filled:
        parts = worksheets(book)
        changed = {parts[sheet]: cells for sheet, cells in values.items() if cells}
        for part in parts:
            scan(book.read(part))
        for info in book.infolist():
            content = book.read(info)
            if changed and info.filename in parts:
                content = forgotten(written(content, changed.get(info.filename, {})))
            elif changed and info.filename == BOOK:
                content = worked_out_anew(content)
            filled.writestr(copy(info), content, compress_type=info.compress_type)
        filled.comment = book.comment


def worksheets(book: zipfile.ZipFile) -> list[str]:
    """The parts with cells, in the order of the workbook's sheets."""
    told = [
        each for each in _elements(book.read(RELATIONS), "Relationship") if each["Type"].endswith(WORKSHEET)
    ]
    targets = {each["Id"]: posixpath.normpath(posixpath.join("/xl", each["Target"]))[1:] for each in told}
    sheets = _elements(book.read(BOOK), "sheet")
    ids = [next(value for name, value in sheet.items() if name.endswith(":id")) for sheet in sheets]
    return [targets[id] for id in ids if id in targets]


def worked_out_anew(xml: bytes) -> bytes:
    """The workbook asks whoever opens it to work its formulas out again."""
    found = CALCULATION.search(xml)
    if found is None:
        return xml
    prefix, told, slash = found.groups()
    tag = b'<%bcalcPr%b fullCalcOnLoad="1"%b>' % (prefix, ON_LOAD.sub(b"", told), slash)
    return xml[: found.start()] + tag + xml[found.end() :]


def _elements(xml: bytes, local: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == local:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Refused("sheets.unreadable") from error
    return found

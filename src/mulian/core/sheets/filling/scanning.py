"""Where the cells of a worksheet's XML stand, in bytes, so that some can be changed and no other byte moves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from mulian.core.sheets.reading.verdict import Refused

CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def column(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def place(cell: str) -> tuple[int, int]:
    """(row, column) from 1. Raises Refused for what is no cell."""
    found = CELL.fullmatch(cell)
    if not found:
        raise Refused("sheets.unreadable")
    return int(found[2]), column(found[1])


@dataclass
class Element:
    """Bytes [start, end) of a row or cell, its tag's end, and what it says of itself."""

    start: int
    inside: int
    attributes: dict[str, str]
    end: int = 0
    closing: int = 0
    number: int = 0
    formula: bool = False
    kept: tuple[int, int] | None = None
    """Of a cell with a formula, the bytes of the result it had."""
    cells: list[Element] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Written as `<row …/>`."""
        return self.end == self.inside


@dataclass
class Scanned:
    """The rows between `data.inside` and `data.closing`, styles of columns, and merged areas. `prefix`: of its tags."""

    data: Element
    rows: list[Element]
    styles: list[tuple[int, int, str]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    prefix: str


class _Reader:
    def __init__(self, xml: bytes) -> None:
        self.xml, self.parser = xml, expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.XmlDeclHandler = self._declared
        self.parser.ordered_attributes = False
        self.data: Element | None = None
        self.rows: list[Element] = []
        self.styles: list[tuple[int, int, str]] = []
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self.prefix = ""
        self.open: list[Element | None] = []
        self.value = 0

    def read(self) -> Scanned:
        try:
            self.parser.Parse(self.xml, True)
        except expat.ExpatError as error:
            raise Refused("sheets.unreadable") from error
        if self.data is None:
            raise Refused("sheets.unreadable")
        return Scanned(self.data, self.rows, self.styles, self.merged, self.prefix)

    def _refuse(self, *_: Any) -> None:
        raise Refused("sheets.unreadable")

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Bytes are counted in UTF-8 only."""
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise Refused("sheets.unreadable")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        at, element = self.parser.CurrentByteIndex, None
        if local in ("sheetData", "row", "c"):
            element = Element(at, _tag_end(self.xml, at), attributes)
        if local == "sheetData":
            self.data, self.prefix = element, f"{prefix}:" if prefix else ""
        elif local == "row" and element:
            before = self.rows[-1].number if self.rows else 0
            element.number = int(attributes.get("r", before + 1))
            self.rows.append(element)
        elif local == "c" and element and self.rows:
            row = self.rows[-1]
            before = row.cells[-1].number if row.cells else 0
            element.number = place(attributes["r"])[1] if "r" in attributes else before + 1
            row.cells.append(element)
        elif local in ("f", "v"):
            self._inside(local, at)
        elif local == "col" and "style" in attributes:
            self.styles.append((int(attributes["min"]), int(attributes["max"]), attributes["style"]))
        elif local == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((place(first), place(last or first)))
        self.open.append(element)

    def _inside(self, local: str, at: int) -> None:
        if local == "f":
            self.rows[-1].cells[-1].formula = True
        self.value = at

    def _end(self, name: str) -> None:
        """Of `<row/>` the end comes at no tag of its own."""
        element, at = self.open.pop(), self.parser.CurrentByteIndex
        if element is not None:
            alone = self.xml[element.inside - 2 : element.inside] == b"/>"
            element.closing = element.inside if alone else at
            element.end = element.inside if alone else _tag_end(self.xml, at)
        elif name.rpartition(":")[2] == "v":
            inside = _tag_end(self.xml, self.value)
            alone = self.xml[inside - 2 : inside] == b"/>"
            self.rows[-1].cells[-1].kept = (self.value, inside if alone else _tag_end(self.xml, at))


def _tag_end(xml: bytes, at: int) -> int:
    """The byte after the tag that begins there; `>` may stand in an attribute's quotes."""
    quote = 0
    for index in range(at, len(xml)):
        byte = xml[index]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == 0x3E:
            return index + 1
    raise Refused("sheets.unreadable")


def scan(xml: bytes) -> Scanned:
    """Raises Refused for what is no worksheet in UTF-8."""
    try:
        return _Reader(xml).read()
    except (KeyError, ValueError, IndexError) as error:
        raise Refused("sheets.unreadable") from error

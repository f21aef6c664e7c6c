"""CSV: Unicode with or without its mark, UTF-16, or Chinese text as older programs save it; any usual separator."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from typing import IO

from mulian.core.sheets import limits
from mulian.core.sheets.reading import cells
from mulian.core.sheets.reading.packed import Line
from mulian.core.sheets.reading.verdict import Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BETWEEN = (",", "\t", ";", "|", "，")
_LOOKED_AT = 30


def sheets(file: IO[bytes]) -> Iterator[tuple[str, Iterator[Line]]]:
    """The one table of the file. Raises Refused."""
    text = _decoded(file.read(limits.LARGEST + 1))
    yield "", _lines(text)


def _decoded(data: bytes) -> str:
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("sheets.not_text")


def _lines(text: str) -> Iterator[Line]:
    csv.field_size_limit(limits.LARGEST)
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=_separator(text)), 1):
            if number > limits.ROWS:
                raise Refused("sheets.too_many_rows")
            if len(row) > limits.COLUMNS:
                raise Refused("sheets.too_many_columns")
            found = [cells.text(_bare(value)) for value in row]
            if any(found):
                yield number, found
    except csv.Error as error:
        raise Refused("sheets.unreadable") from error


def _bare(value: str) -> str:
    """Without the apostrophe that keeps a cell from being run (what `writing.inert` puts there)."""
    return value[1:] if value[:1] == "'" and value[1:2] in set("=+-@") else value


def _separator(text: str) -> str:
    """The one that parts the first lines into the most equal columns; a comma where none does."""
    head = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]

    def fits(mark: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=mark), [])) for line in head]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(_BETWEEN, key=fits, default=",")

"""Reads a table that came from outside: in a child with limits, and nothing of a refused one is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from mulian.core.child.starting import Ended, run
from mulian.core.sheets import limits, problems
from mulian.core.sheets.reading.verdict import Verdict
from mulian.kernel.problems import Problem

__all__ = ["Line", "opened", "problems"]
CHILD = "mulian.core.sheets.reading.child"
ANSWER_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """A filled line: its sheet (from 0), the sheet's name, its number as the table program shows it, its cells."""

    sheet: int
    name: str
    number: int
    cells: list[str]


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Iterator[Line]]:
    """The lines of all sheets, one after the other; they are gone when the block ends.

    `file` is a real file (it has a descriptor). Raises the Problems `sheets.*`.
    """
    file.seek(0)
    with TemporaryFile() as out:
        _heard(run(CHILD, file, seconds=limits.WALL_SECONDS, most=ANSWER_BYTES, lent=[out]))
        out.seek(0)
        yield _lines(out)


def _heard(child: Ended) -> None:
    """A child that died had too much to hold or took too long."""
    if not child.well:
        raise Problem("sheets.too_large")
    try:
        verdict = Verdict.load(child.said)
    except (ValueError, TypeError):
        raise Problem("sheets.unreadable") from None
    if verdict.refused:
        raise Problem(verdict.refused)


def _lines(out: IO[bytes]) -> Iterator[Line]:
    sheet, name = -1, ""
    for text in out:
        read = json.loads(text)
        if len(read) == 1:
            sheet, name = sheet + 1, read[0]
        else:
            yield Line(sheet, name, read[0], read[1])

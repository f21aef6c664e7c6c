"""Reads a table that came from outside: in a child with limits, and nothing of a refused one is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from mulian.core.sheets import limits, problems
from mulian.core.sheets.reading.verdict import Verdict
from mulian.kernel.problems import Problem

__all__ = ["Line", "opened", "problems"]
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
    with TemporaryFile() as out, TemporaryFile() as said:
        code = _run(file, out, said)
        said.seek(0)
        _heard(code, said.read(ANSWER_BYTES))
        out.seek(0)
        yield _lines(out)


def _run(file: IO[bytes], out: IO[bytes], said: IO[bytes]) -> int:
    file.seek(0)
    child = subprocess.Popen(
        [sys.executable, "-I", "-m", "mulian.core.sheets.reading.child", str(out.fileno())],
        stdin=file,
        stdout=said,
        stderr=subprocess.DEVNULL,
        pass_fds=(out.fileno(),),
        env={"MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        return child.wait(timeout=limits.WALL_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _heard(code: int, answer: bytes) -> None:
    """A child that died had too much to hold or took too long."""
    if code != 0:
        raise Problem("sheets.too_large")
    try:
        verdict = Verdict.load(answer)
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

"""Fills cells of somebody else's workbook without touching the rest, in a child with limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from tempfile import TemporaryFile

from mulian.core.sheets import limits, problems
from mulian.kernel.problems import Problem

__all__ = ["filled", "problems"]
Figures = Mapping[tuple[int, str], int | float | str]


def filled(template: bytes, figures: Figures) -> bytes:
    """The workbook with (sheet from 0, cell) → value written; formats, widths and formulas stay as they were.

    Only figures and plain text go in, never a formula. Raises `sheets.unreadable`, `sheets.too_large`.
    """
    wanted = [[sheet, cell, value] for (sheet, cell), value in figures.items()]
    with TemporaryFile() as file, TemporaryFile() as out:
        file.write(template)
        file.seek(0)
        told = json.dumps(wanted).encode()
        code = _run(file.fileno(), out.fileno(), told)
        out.seek(0)
        content = out.read()
    if code == 2:
        raise Problem("sheets.unreadable")
    if code or not content:
        raise Problem("sheets.too_large")
    return content


def _run(file: int, out: int, told: bytes) -> int:
    child = subprocess.Popen(
        [sys.executable, "-I", "-m", "mulian.core.sheets.filling.child", str(file), str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(file, out),
        env={"MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        child.communicate(told, timeout=limits.WALL_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
    return child.wait()

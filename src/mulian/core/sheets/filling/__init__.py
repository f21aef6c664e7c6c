"""Fills cells of somebody else's workbook without touching the rest, in a child with limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from tempfile import TemporaryFile

from mulian.core.child.starting import run
from mulian.core.sheets import limits, problems
from mulian.kernel.problems import Problem

__all__ = ["filled", "problems", "with_macros"]
CHILD = "mulian.core.sheets.filling.child"
Figures = Mapping[tuple[int, str], int | float | str]


def filled(template: bytes, figures: Figures) -> bytes:
    """The workbook with (sheet from 0, cell) → value written; every part but the sheets stays as it was, byte for byte.

    Only figures and plain text go in, never a formula, and none in place of one. Raises `sheets.unreadable`,
    `sheets.too_large`, `sheets.fixed_cell`.
    """
    wanted = [[sheet, cell, value] for (sheet, cell), value in figures.items()]
    with TemporaryFile() as file, TemporaryFile() as out:
        file.write(template)
        file.seek(0)
        told = json.dumps(wanted).encode()
        code = run(CHILD, told, seconds=limits.WALL_SECONDS, most=0, lent=[file, out]).code
        out.seek(0)
        content = out.read()
    if code == 2:
        raise Problem("sheets.unreadable")
    if code == 3:
        raise Problem("sheets.fixed_cell")
    if code or not content:
        raise Problem("sheets.too_large")
    return content


def with_macros(workbook: bytes) -> bool:
    """Whether it must be called .xlsm to be opened: its directory names a part with macros."""
    return b"xl/vbaProject.bin" in workbook

"""XLSForms as markdown tables, the way pyxform writes them in its own tests: git shows what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPLIT = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|\s:-]+")


def lines(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """(sheet, number, texts): a first cell that is filled begins a sheet of that name."""
    sheet, number = "", 0
    for line in text.splitlines():
        if not line.startswith("|") or _RULE.fullmatch(line):
            continue
        first, *cells = [cell.strip().replace(r"\|", "|") for cell in _SPLIT.split(line.strip())[1:]]
        if cells and cells[-1] == "":
            cells.pop()
        if first:
            sheet, number = first, 0
        if sheet and any(cells):
            number += 1
            yield sheet, number, cells

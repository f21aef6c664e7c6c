"""A superior's table: which cells hold which figure of which place, and whether their totals agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mulian.modules.households.domain.catalogue import Catalogue, Of, Type
from mulian.modules.households.domain.importing.columns import folded

_CELL = re.compile(r"^([A-Z]{1,2})([1-9]\d{0,3})$")
TOTALS = frozenset({"合计", "总计", "共计", "小计", "全乡", "全县", "བསྡོམས", "ཁྱོན་བསྡོམས", "total"})
"""What the line below all others is called."""
MOST_MARKS = 2000


class NotACell(ValueError):
    """No cell of a table."""


@dataclass(frozen=True)
class Mark:
    """One cell of one sheet: a figure of an area. `total`: it must be the sum of its column's other marks."""

    sheet: int
    cell: str
    figure: str
    area: str
    total: bool = False

    @property
    def column(self) -> str:
        return parts(self.cell)[0]

    def stored(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Figure:
    """What stands in a cell. `of`: households or people asked; of how many nobody knows, of how many it is stale."""

    mark: Mark
    value: int | float
    of: int = 0
    unknown: int = 0
    stale: int = 0


def parts(cell: str) -> tuple[str, int]:
    """Column letters and row. Raises NotACell."""
    found = _CELL.match(cell.strip().upper())
    if found is None:
        raise NotACell(cell)
    return found[1], int(found[2])


def index(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(index: int) -> str:
    """0 → A, 26 → AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def column_marks(
    lines: Mapping[int, Sequence[str]],
    *,
    sheet: int,
    column: str,
    names: str,
    rows: range,
    figure: str,
    places: Mapping[str, frozenset[str]],
    whole: str,
) -> list[Mark]:
    """A mark for every row whose name is one place of ours, and for the row of the total. Raises NotACell."""
    parts(f"{column}1")
    at = index(parts(f"{names}1")[0])
    found: list[Mark] = []
    for row in rows:
        cells = lines.get(row, ())
        name = folded(cells[at]) if at < len(cells) else ""
        codes = places.get(name, frozenset())
        if name in TOTALS:
            found.append(Mark(sheet, f"{column}{row}", figure, whole, total=True))
        elif len(codes) == 1:
            found.append(Mark(sheet, f"{column}{row}", figure, next(iter(codes))))
    return found


def wrong_totals(figures: Iterable[Figure]) -> list[Figure]:
    """Totals that are not the sum of the other cells of their column with the same figure."""
    sums: dict[tuple[int, str, str], float] = {}
    held = list(figures)
    for one in held:
        if not one.mark.total:
            key = (one.mark.sheet, one.mark.column, one.mark.figure)
            sums[key] = sums.get(key, 0) + one.value
    return [
        one
        for one in held
        if one.mark.total
        and (one.mark.sheet, one.mark.column, one.mark.figure) in sums
        and sums[one.mark.sheet, one.mark.column, one.mark.figure] != one.value
    ]


AGES = ((0, 6), (7, 15), (16, 59), (60, 79), (80, 120))


def figures(catalogue: Catalogue) -> list[str]:
    """What a cell may hold: counts, never a name. Nothing of what is sensitive."""
    found = ["households", "people", *(f"people:{low}-{high}" for low, high in AGES)]
    for item in catalogue.items.values():
        if item.sensitive or item.of == Of.CAMP:
            continue
        if item.type in (Type.COUNT, Type.NUMBER):
            found.append(f"sum:{item.code}")
        elif item.type == Type.YES_NO:
            found.append(f"yes:{item.code}")
        elif item.type == Type.CHOICE:
            found += [f"is:{item.code}={choice}" for choice in item.choices]
    return found

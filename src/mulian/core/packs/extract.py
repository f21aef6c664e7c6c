"""The shipped extract of Qinghai's divisions (provenance: core/areas/data/README.md)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mulian.core.packs.pack import AreaRow
from mulian.core.packs.reading import read_areas

QINGHAI = Path(__file__).resolve().parent.parent / "areas" / "data" / "qinghai.csv"


@cache
def qinghai() -> tuple[AreaRow, ...]:
    return read_areas(QINGHAI)


def counties() -> tuple[AreaRow, ...]:
    """Qinghai's 45 county units."""
    return tuple(area for area in qinghai() if area.level == "county")


def areas_of(county: str) -> tuple[AreaRow, ...]:
    """The county with everything below it, and the province and prefecture above it, parents first."""
    return tuple(a for a in qinghai() if a.code.startswith(county) or a.code in (county[:2], county[:4]))

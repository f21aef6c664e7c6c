"""Names of places that can be understood alone: a grid area is told with its village."""

from __future__ import annotations

from collections.abc import Iterable

from mulian.core.areas import queries as areas
from mulian.core.areas.codes import Level, at_level, level
from mulian.modules.cases.web.showing.choices import language


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """code → name; below a village "village · area". One statement for any number."""
    wanted = set(codes)
    villages = {code: at_level(code, Level.VILLAGE) for code in wanted if _is_below_village(code)}
    names = areas.names([*wanted, *(village for village in villages.values() if village)], language())
    return {code: _name(names, code, villages.get(code)) for code in wanted}


def _name(names: dict[str, str], code: str, village: str | None) -> str:
    own = names.get(code, code)
    return f"{names[village]} · {own}" if village in names else own


def _is_below_village(code: str) -> bool:
    return level(code) in (Level.COOPERATIVE, Level.GRID)

"""Makes the units of a county: one for every template and area, and the departments written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from mulian.core.packs.pack import AreaRow, UnitRow
from mulian.core.packs.shapes.county import Template, Unit

LEVEL_OF_KIND = {
    "village": "village",
    "township": "township",
    "county_centre": "county",
    "department": "county",
}


def expand(units: Mapping[str, Any], areas: Iterable[AreaRow]) -> tuple[UnitRow, ...]:
    """Templates first (by area), then single units; an entry too broken to read is left to the check."""
    areas = tuple(areas)
    county = next((area for area in areas if area.level == "county"), None)
    rows = [
        row
        for template in _readable(units.get("template"), Template)
        for row in _of_template(template, areas)
    ]
    rows += [_unit(unit, county) for unit in _readable(units.get("unit"), Unit) if county]
    return tuple(rows)


def _readable(entries: Any, shape: type[msgspec.Struct]) -> list[Mapping[str, Any]]:
    """The entries of the right shape; the others are reported by the check, not here."""
    return [entry for entry in entries if fits(entry, shape)] if isinstance(entries, list) else []


def fits(entry: Any, shape: type[msgspec.Struct]) -> bool:
    try:
        msgspec.convert(entry, shape)
    except msgspec.ValidationError:
        return False
    return True


def _of_template(template: Mapping[str, Any], areas: tuple[AreaRow, ...]) -> Iterator[UnitRow]:
    level = LEVEL_OF_KIND.get(template.get("kind", ""), "")
    for area in areas:
        if area.level == level:
            names = template.get("named", {}).get(area.kind, template.get("name", {}))
            yield _row(template, area, names)


def _unit(unit: Mapping[str, Any], county: AreaRow) -> UnitRow:
    return _row({**unit, "code": unit.get("code", "")}, county, unit.get("name", {}), unit.get("area"))


def _row(entry: Mapping[str, Any], area: AreaRow, names: Mapping[str, str], at: str | None = None) -> UnitRow:
    return UnitRow(
        code=str(entry.get("code", "")).replace("{area}", area.code),
        kind=str(entry.get("kind", "")),
        area=at or area.code,
        name_zh=_filled(names.get("zh", ""), area.name_zh),
        name_bo=_filled(names.get("bo", ""), area.name_bo),
        name_en=_filled(names.get("en", ""), area.name_en),
    )


def _filled(pattern: str, name: str) -> str:
    """Without a name of the area in that language the unit has none either, and Chinese is shown."""
    return pattern.replace("{name}", name) if name or "{name}" not in pattern else ""

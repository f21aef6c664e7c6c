"""What a loaded pack is: merged tables, the county's areas, and one unit for every template and area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

Table = Mapping[str, Any]
Names = Mapping[str, str]


def said(names: Names, language: str) -> str:
    """The name in a language ("zh-hans", "bo", "en"); without one, Chinese (never English for Tibetan)."""
    return names.get(language.partition("-")[0]) or names.get("zh", "")


@dataclass(frozen=True)
class AreaRow:
    """One division of the county. `level` province…village; `kind` town, village, community, zone…"""

    level: str
    code: str
    parent: str
    kind: str
    name_zh: str
    name_bo: str
    name_en: str
    valid_from: date


@dataclass(frozen=True)
class UnitRow:
    """One office. `kind` village, township, county_centre or department; `area` is an area code."""

    code: str
    kind: str
    area: str
    name_zh: str
    name_bo: str
    name_en: str


@dataclass(frozen=True)
class PointRow:
    """A known place, WGS84 degrees; `status` is "draft" until a person has confirmed it."""

    code: str
    lat: float
    lon: float
    status: str
    source: str


@dataclass(frozen=True)
class Fault:
    """Something wrong in a pack: the file, the entry in it, and what to mend."""

    file: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.what}" if self.where else f"{self.file}: {self.what}"


@dataclass(frozen=True)
class Pack:
    """A county's pack, merged onto the packs it extends. Tables are shared: read, never write them."""

    folder: Path
    tables: Mapping[str, Table]
    areas: tuple[AreaRow, ...]
    units: tuple[UnitRow, ...]
    points: tuple[PointRow, ...] = ()

    @property
    def slug(self) -> str:
        return self.folder.name

    @property
    def code(self) -> str:
        """The county's code, six digits; empty for base."""
        return str(self.part("pack").get("code", ""))

    @property
    def name(self) -> Names:
        names: Names = self.part("pack").get("name", {})
        return names

    def part(self, name: str) -> Table:
        """The merged content of `<name>.toml`; empty when no file of that name exists."""
        return self.tables.get(name, {})

    def rows(self, part: str, kind: str) -> tuple[Table, ...]:
        """The merged `[[kind]]` entries of a file, base first, in order of first appearance."""
        return tuple(self.part(part).get(kind, ()))

    def area_rows(self) -> tuple[AreaRow, ...]:
        """Province, prefecture, county, townships, villages: parents before children."""
        return self.areas

    def unit_rows(self) -> tuple[UnitRow, ...]:
        return self.units

    def title(self, role: str, language: str) -> str:
        """The local title of a role (联户员, 牧长, 网格员)."""
        return self._said("roles", "role", role, "title", language)

    def level_title(self, level: str, language: str) -> str:
        return self._said("levels", "level", level, "title", language)

    def head_title(self, level: str, language: str) -> str:
        """The local title of whoever heads a level (总指挥长, 二级牧长)."""
        return self._said("levels", "level", level, "head", language)

    def topic(self, code: str, area: str | None = None) -> Table:
        """A topic as it holds in an area: overrides of the nearest area win. KeyError: unknown."""
        topic = self._topics[code]
        fitting = [
            o for o in topic.get("overrides", ()) if any((area or "").startswith(a) for a in o["areas"])
        ]
        nearest: Table = max(fitting, key=lambda o: max(len(a) for a in o["areas"]), default={})
        return {**topic, **{key: value for key, value in nearest.items() if key != "areas"}}

    def is_draft(self, text: str) -> bool:
        """True for a Tibetan string no native speaker has passed yet (review.toml lists what was passed)."""
        return text not in self._passed

    @cached_property
    def _passed(self) -> frozenset[str]:
        return frozenset(self.part("review").get("review", {}).get("passed", ()))

    @cached_property
    def _topics(self) -> dict[str, Table]:
        return {topic["code"]: topic for topic in self.rows("topics", "topic")}

    def _said(self, part: str, kind: str, code: str, key: str, language: str) -> str:
        found = next((row for row in self.rows(part, kind) if row["code"] == code), None)
        return said(found.get(key, {}), language) if found else code

"""Shapes of what a county is: pack, levels, roles, units, liaisons, duties."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from mulian.core.packs.shapes.basis import AreaCode, Code, Count, Name, Strict, Text

LevelCode = Literal["county", "township", "village", "cooperative", "grid"]
UnitKind = Literal["village", "township", "county_centre", "department"]


class PackName(Strict):
    """A county's own name; its Tibetan one may still be missing in a pack just made."""

    zh: Text
    bo: str
    en: Text


class About(Strict):
    """pack.toml"""

    name: PackName
    note: Name
    languages: list[Literal["zh-hans", "bo", "en"]]
    code: Annotated[str, Meta(pattern=r"^[0-9]{6}$")] = ""
    extends: str = ""
    number_prefix: Annotated[str, Meta(pattern=r"^[A-Z]{2,8}$")] = ""
    demo_township: Annotated[str, Meta(pattern=r"^[0-9]{9}$")] = ""


class Level(Strict):
    code: LevelCode
    title: Name
    head: Name
    count: Count = 0


class RoleTitle(Strict):
    code: str
    title: Name


class Template(Strict):
    kind: UnitKind
    code: Text
    name: Name
    named: dict[str, Name] = {}


class Unit(Strict):
    kind: UnitKind
    code: Code
    name: Name
    area: AreaCode | None = None


class SilenceDays(Strict):
    """After how many silent days of a phone its village is told: while it holds unsent reports, and otherwise."""

    unsent_days: Annotated[int, Meta(ge=1)]
    quiet_days: Annotated[int, Meta(ge=1)]


class Liaisons(Strict):
    """liaisons.toml: how many households one liaison serves, and the figures the demo is seeded to."""

    households_min: Count
    households_max: Count
    silence: SilenceDays
    prefer: list[Literal["neighbour", "ecological_warden", "grid_worker"]] = []
    seed: dict[str, Count] = {}


class Duty(Strict):
    """duties.toml: what a liaison or steward is asked to do, as service to the family."""

    code: Code
    name: Name
    items: list[Name]


class Visit(Strict):
    """visits.toml: which families are visited, every so many days (moved_in: once, within them), from a day on."""

    code: Code
    name: Name
    whom: Literal["all", "moved_in", "at_camp"]
    days: Annotated[int, Meta(ge=1, le=366)]
    from_: date = field(name="from")
    areas: list[AreaCode] = []


class Phrase(Strict):
    """phrases.toml: words phones put names and numbers together from; `written` is how they stand on a screen ("3")."""

    code: Code
    name: Name
    written: str = ""

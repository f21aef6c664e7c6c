"""Which duties serve a village, as everybody may know them: offices and areas, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mulian.core.access.models import Posting
from mulian.core.areas.codes import Level, level
from mulian.core.areas.queries import area, names, units_serving
from mulian.core.database.vendor import prefix_range
from mulian.core.packs import current
from mulian.kernel.actor import Role
from mulian.modules.cases.queries.portal import portal


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A duty and its published number (empty: the office calls back)."""

    title: str
    telephone: str


def duties_of(village: str, at: datetime, language: str) -> list[Duty]:
    """The village's liaison duties by area, then its offices up to the county; empty for what is no village."""
    found = area(village)
    if found is None or level(village) != Level.VILLAGE:
        return []
    return [*_liaisons(village, at, language), *_offices(village, language)]


def _liaisons(village: str, at: datetime, language: str) -> list[Duty]:
    low, high = prefix_range(village)
    rows = Posting.objects.filter(role=Role.LIAISON, area__gte=low, area__lt=high, valid_from__lte=at)
    held = list(rows.exclude(valid_to__lte=at).select_related("person").order_by("area", "id"))
    named, title = names([row.area_id for row in held], language), current().title(Role.LIAISON, language)
    numbers = {row.area_id: row.person.phone for row in held} if portal().stewards else {}
    codes = dict.fromkeys(row.area_id for row in held)
    return [Duty(title=f"{title} · {named[code]}", telephone=numbers.get(code, "")) for code in codes]


def _offices(village: str, language: str) -> list[Duty]:
    numbers = portal().offices
    return [Duty(title=u.name(language), telephone=numbers.get(u.code, "")) for u in _near(village)]


def _near(village: str) -> list:
    return [unit for unit in units_serving(village) if unit.kind != "department"]

"""Reads of the tree. Places and offices are public facts (class S0), so no scope applies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from mulian.core.areas.codes import Level, at_level, level, lineage
from mulian.core.areas.models import Area, Unit
from mulian.core.database.vendor import prefix_range


def area(code: str) -> Area | None:
    return Area.objects.filter(code=code).first()


def chain(code: str) -> list[Area]:
    """The area and all above it, highest first."""
    return list(Area.objects.filter(code__in=lineage(code)).order_by("code"))


def subtree(code: str) -> Q:
    """A filter on `code`: the area itself and everything under it."""
    low, high = prefix_range(code)
    return Q(code__gte=low, code__lt=high)


def children(code: str, on: date) -> list[Area]:
    """Direct children that are valid on a day."""
    rows = Area.objects.filter(parent_id=code, valid_from__lte=on)
    return list(rows.exclude(valid_to__lte=on).order_by("code"))


def names(codes: Iterable[str], language: str) -> dict[str, str]:
    """code → shown name."""
    return {a.code: a.name(language) for a in Area.objects.filter(code__in=set(codes))}


def place_names(codes: Iterable[str], language: str) -> dict[str, str]:
    """code → a name understood alone: a grid area or co-operative is told with its village ("village · area")."""
    wanted = set(codes)
    small = {code for code in wanted if level(code) in (Level.COOPERATIVE, Level.GRID)}
    villages = {code: at_level(code, Level.VILLAGE) or code for code in small}
    named = names(wanted | set(villages.values()), language)
    own = {code: named.get(code, code) for code in wanted}
    told = {code: f"{named[villages[code]]} · {own[code]}" for code in small if villages[code] in named}
    return own | told


def units_serving(code: str) -> list[Unit]:
    """Offices of the area and of everything above it, nearest first."""
    return list(Unit.objects.filter(area__in=lineage(code)).order_by("-area_id", "code"))


def units(codes: Iterable[str]) -> dict[str, Unit]:
    return {u.code: u for u in Unit.objects.filter(code__in=set(codes))}


def unit_named(name: str) -> Unit | None:
    """An office by its code (`village:632623204200`, `dept.water`) or by its id."""
    try:
        wanted = Q(id=UUID(name))
    except ValueError:
        wanted = Q(code=name)
    return Unit.objects.filter(wanted).first()


def root() -> Area | None:
    """The highest place this installation serves: its county, or what lies above when it serves several."""
    counties = list(Area.objects.filter(level=Level.COUNTY).order_by("code")[:2])
    return counties[0] if len(counties) == 1 else Area.objects.order_by("code").first()

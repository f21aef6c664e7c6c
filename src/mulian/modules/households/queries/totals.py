"""Counts of an area and its parts on a day: households, people, animals, needs. From rows kept by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum

from mulian.core.access import scope
from mulian.core.areas.codes import Level, level, within
from mulian.core.areas.queries import children
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import Actor
from mulian.modules.households.models import Counted
from mulian.modules.households.permissions import Permission


@dataclass(frozen=True)
class Total:
    """What counted somewhere on a day."""

    households: int = 0
    people: int = 0
    herd: int = 0
    needs: int = 0

    def __add__(self, other: Total) -> Total:
        return Total(
            self.households + other.households,
            self.people + other.people,
            self.herd + other.herd,
            self.needs + other.needs,
        )


def totals(area: str, day: date, actor: Actor, at: datetime) -> dict[str, Total]:
    """code → total of each part of an area, the area's own code for what lies in none; one query.

    Raises `not_found` outside the actor's duties. Below the village only for who keeps the ledger there.
    """
    scope.require_area(actor, Permission.TOTALS, area)
    if level(area) in (Level.VILLAGE, Level.COOPERATIVE, Level.GRID):
        scope.require_area(actor, Permission.BROWSE, area)
    return parted(area, counted(area, day), [each.code for each in children(area, day)])


def counted(area: str, day: date) -> dict[str, Total]:
    """area code → what counted in exactly it."""
    low, high = prefix_range(area)
    rows = Counted.objects.filter(area__gte=low, area__lt=high, since__lte=day)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=day))
    found = rows.values_list("area").annotate(Count("id"), Sum("people"), Sum("herd"), Sum("needs"))
    return {code: Total(*figures) for code, *figures in found}


def parted(area: str, exact: dict[str, Total], parts: list[str]) -> dict[str, Total]:
    """Every part is named, those where nothing counts too."""
    found = dict.fromkeys(parts, Total())
    for code, total in exact.items():
        part = next((each for each in parts if within(code, each)), area)
        found[part] = found.get(part, Total()) + total
    return found

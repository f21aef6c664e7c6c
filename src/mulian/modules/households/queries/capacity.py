"""How grid areas stand against the pack's range of households for one liaison."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mulian.core.access.models import Placement
from mulian.core.areas.codes import Level, level
from mulian.core.areas.models import Area
from mulian.core.database.vendor import prefix_range
from mulian.core.packs import current
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.capacity import Load, Range, judge
from mulian.modules.households.models import Household
from mulian.modules.households.queries import KIND, ServingLiaison, liaisons_of


@dataclass(frozen=True)
class Capacity:
    """How a grid area stands against the pack's range of households for one liaison."""

    area: str
    load: Load
    households: int
    liaisons: int
    low: int
    high: int

    @property
    def warns(self) -> bool:
        return self.load != Load.FITS


@dataclass(frozen=True)
class GridRow:
    """A grid area, who serves it, and how it stands."""

    area: Area
    capacity: Capacity
    liaisons: tuple[ServingLiaison, ...]


def pack_range() -> Range:
    """Households one liaison serves, by this installation's pack."""
    liaisons = current().part("liaisons")
    return Range(int(liaisons.get("households_min", 5)), int(liaisons.get("households_max", 12)))


def capacity_of(area: str, at: datetime) -> Capacity | None:
    """How a grid area stands at `at`; None for a place that is no grid area."""
    if level(area) != Level.GRID:
        return None
    liaisons = sum(one.area == area for one in liaisons_of([area], at))
    return _capacity(area, _residing(at).filter(area=area).count(), liaisons)


def grids_of(village: str, at: datetime) -> list[GridRow]:
    """All grid areas of a village; four queries for any number."""
    low, high = prefix_range(village)
    rows = Area.objects.filter(level=Level.GRID, code__gte=low, code__lt=high, valid_to__isnull=True)
    areas = list(rows.order_by("code"))
    living = _living(village, at)
    serving: defaultdict[str, list[ServingLiaison]] = defaultdict(list)
    for liaison in liaisons_of([area.code for area in areas], at):
        serving[liaison.area].append(liaison)
    return [
        GridRow(
            area, _capacity(area.code, living[area.code], len(serving[area.code])), tuple(serving[area.code])
        )
        for area in areas
    ]


def _capacity(area: str, households: int, liaisons: int) -> Capacity:
    limits = pack_range()
    load = judge(households=households, liaisons=liaisons, range=limits)
    if load == Load.FEW and households >= limits.low:
        load = Load.FITS  # liaisons who share an area all know its families (dari: three chiefs, 6 to 25)
    return Capacity(area, load, households, liaisons, limits.low, limits.high)


def _living(code: str, at: datetime) -> Counter[str]:
    """area → open households that reside in exactly it, for everything from `code` down."""
    low, high = prefix_range(code)
    rows = _residing(at).filter(area__gte=low, area__lt=high)
    return Counter(rows.values_list("area_id", flat=True))


def _residing(at: datetime) -> QuerySet[Placement]:
    """Where open households reside at `at`."""
    placed = Placement.objects.filter(subject_kind=KIND, counts_as=MoveKind.RESIDING)
    rows = placed.filter(valid_from__lte=at).exclude(valid_to__lte=at)
    closed = Household.unscoped.because("a count of households says nothing of one").filter(
        closed_at__isnull=False
    )
    return rows.exclude(subject_id__in=closed.values("id"))

"""Of how many families of an area and its parts something is to be asked again, and about where the parts lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Avg, Count, Q, QuerySet

from mulian.core.access import scope
from mulian.core.areas.codes import Level, level, within
from mulian.core.areas.models import Area
from mulian.core.areas.queries import children
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.geo import Point
from mulian.modules.households.domain.dues import told
from mulian.modules.households.models import Counted, Due, Item
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.dues import rule
from mulian.modules.households.queries.freshness import WHY, stale_items

FEWEST_HOMES = 3
"""Where an area has no point of its own, the middle of at least so many families' camps stands for it, never a home."""


@dataclass(frozen=True)
class Share:
    """Families that live there (else are registered there), those of whom something is to be asked again (or nothing
    is known yet), and their items: known, and of these stale.
    """

    households: int = 0
    waiting: int = 0
    known: int = 0
    stale: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.households + other.households,
            self.waiting + other.waiting,
            self.known + other.known,
            self.stale + other.stale,
        )

    @property
    def percent(self) -> int:
        """Of 100 known items so many are stale, rounded so that only none is 0 and only all (or none known) is 100."""
        if not self.known or self.stale == self.known:
            return 100 if self.waiting else 0
        return min(99, max(1, round(100 * self.stale / self.known))) if self.stale else 0


@dataclass(frozen=True)
class Part:
    """One part of an area (or the area itself: what lies in no part); `point`: known, or from camps (`about`)."""

    area: Area
    share: Share
    point: Point | None
    about: bool


def shares(area: str, actor: Actor, at: datetime) -> list[Part]:
    """The parts of an area by code, and the area itself where families lie in none; seven queries.

    Raises `not_found` outside the actor's duties. Below the village only for who keeps the ledger there.
    """
    rows = families(area, actor, at)
    today = at.astimezone(CN).date()
    areas = {each.code: each for each in children(area, today)}
    counts, camps = _added(area, areas, _shares(rows, today)), _middles(area, areas, rows)
    if area in counts:
        areas[area] = Area.objects.get(code=area)
    return [_part(areas[code], counts.get(code, Share()), camps.get(code)) for code in sorted(areas)]


def _part(area: Area, share: Share, camps: Point | None) -> Part:
    if area.lat is not None and area.lon is not None:
        return Part(area, share, Point(area.lat, area.lon), about=False)
    return Part(area, share, camps, about=camps is not None)


def families(area: str, actor: Actor, at: datetime) -> QuerySet[Counted]:
    """The families that count in an area today. Raises `not_found` as `shares` does."""
    scope.require_area(actor, Permission.FRESH, area)
    if level(area) in (Level.VILLAGE, Level.COOPERATIVE, Level.GRID):
        scope.require_area(actor, Permission.BROWSE, area)
    today = at.astimezone(CN).date()
    low, high = prefix_range(area)
    rows = Counted.objects.filter(area__gte=low, area__lt=high, since__lte=today)
    return rows.filter(Q(until__isnull=True) | Q(until__gt=today))


def _shares(rows: QuerySet[Counted], today: date) -> dict[str, Share]:
    """exact area → share; three queries. A family of whom nothing is known yet is to be asked.

    The due days of a family are kept; where they are not, or by what another pack said, its items are counted.
    """
    kept = Due.objects.filter(rule=rule())
    families = rows.filter(household__in=kept.values("household"))
    days = families.values_list("area", "household__due__days")
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for area, each in days:
        found[area].append(told(bytes(each), today))
    for area, known, stale in _asked(rows.exclude(household__in=kept.values("household")), today):
        found[area].append((known, stale))
    return {area: _share(figures) for area, figures in found.items()}


def _share(figures: list[tuple[int, int]]) -> Share:
    """Of families, each with its known and its stale items."""
    waiting = sum(stale > 0 or not known for known, stale in figures)
    return Share(len(figures), waiting, sum(k for k, _ in figures), sum(s for _, s in figures))


def _asked(rows: QuerySet[Counted], today: date) -> Iterator[tuple[str, int, int]]:
    """The area, known and stale items of each family, from the items themselves; two queries."""
    items = Item.unscoped.because(WHY).filter(valid_to__isnull=True, household__in=rows.values("household"))
    counts = items.values_list("household").annotate(
        known=Count("id"), stale=Count("id", filter=stale_items(today))
    )
    figures = {household: (known, stale) for household, known, stale in counts}
    for household, area in rows.values_list("household", "area"):
        yield area, *figures.get(household, (0, 0))


def _added(area: str, parts: Iterable[str], exact: dict[str, Share]) -> dict[str, Share]:
    found: defaultdict[str, Share] = defaultdict(Share)
    for code, share in exact.items():
        found[_part_of(code, parts) or area] += share
    return found


def _middles(area: str, parts: Iterable[str], rows: QuerySet[Counted]) -> dict[str, Point]:
    """part → the middle of the open camps of its families, where enough families have one."""
    open_ = Q(household__camps__closed_at__isnull=True, household__camps__lat__isnull=False)
    homes = "household__camps"
    middles = {
        "lat": Avg(f"{homes}__lat"),
        "lon": Avg(f"{homes}__lon"),
        "families": Count("household", distinct=True),
    }
    found = rows.filter(open_).values_list("area").annotate(**middles)
    held: defaultdict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for code, *middle in found:
        held[_part_of(code, parts) or area].append((middle[0], middle[1], middle[2]))
    return {code: _middle(found) for code, found in held.items() if sum(n for *_, n in found) >= FEWEST_HOMES}


def _middle(found: list[tuple[float, float, int]]) -> Point:
    whole = sum(n for *_, n in found)
    return Point(sum(lat * n for lat, _, n in found) / whole, sum(lon * n for _, lon, n in found) / whole)


def _part_of(code: str, parts: Iterable[str]) -> str | None:
    return next((part for part in parts if within(code, part)), None)

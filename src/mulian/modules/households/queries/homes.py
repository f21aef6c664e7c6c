"""Whether points lie near somebody's declared home. Only yes or no leaves the register, never where a home is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import cos, radians
from typing import TypeVar

from mulian.kernel.geo import Point, metres
from mulian.modules.households.models import Camp

K = TypeVar("K", bound=Hashable)
_DEGREE_METRES = 111_195.0
"""A degree of latitude on the sphere of `geo`."""


def near_a_home(points: Mapping[K, Point], within: float) -> set[K]:
    """Those of some points that have a household's camp, open or closed, within so many metres; one statement."""
    if not points:
        return set()
    lats, lons = [p.lat for p in points.values()], [p.lon for p in points.values()]
    north = within / _DEGREE_METRES
    east = north / max(0.01, cos(radians(max(map(abs, lats)))))
    rows = Camp.unscoped.because("answers only near or not near").filter(
        household__isnull=False,
        lat__range=(min(lats) - north, max(lats) + north),
        lon__range=(min(lons) - east, max(lons) + east),
    )
    found = rows.values_list("lat", "lon")
    homes = _cells(
        [Point(lat, lon) for lat, lon in found if lat is not None and lon is not None], north, east
    )
    return {key for key, point in points.items() if _near(point, homes, north, east, within)}


def _cells(homes: list[Point], north: float, east: float) -> dict[tuple[int, int], list[Point]]:
    """Homes by cell of a grid as wide as the distance, so that only nine cells are measured for a point."""
    found: dict[tuple[int, int], list[Point]] = {}
    for home in homes:
        found.setdefault((int(home.lat // north), int(home.lon // east)), []).append(home)
    return found


def _near(
    point: Point, homes: Mapping[tuple[int, int], list[Point]], north: float, east: float, within: float
) -> bool:
    row, column = int(point.lat // north), int(point.lon // east)
    around = ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
    return any(metres(point, home) <= within for cell in around for home in homes.get(cell, ()))

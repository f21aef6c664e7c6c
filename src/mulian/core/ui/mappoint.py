"""A small map without a base map: one point, the known places around it, and how far they are.

Drawn on the server so that it prints and works with no network; the browser may upgrade it to a moving map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

SIZE = 240
MARGIN = 36
SMALLEST_SPAN = 0.004
"""Degrees of latitude shown at least, about 450 m, so that a lone point does not fill the picture."""


@dataclass(frozen=True)
class Mark:
    """A known place near the point: position in the drawing, name, distance in metres."""

    x: float
    y: float
    name: str
    metres: float
    lat: float
    lon: float


@dataclass(frozen=True)
class Drawing:
    """What the template draws: the point in the middle, the marks, the radius of its uncertainty."""

    size: int
    middle: float
    marks: tuple[Mark, ...]
    radius: float


def drawing(lat: float, lon: float, near: Iterable[Mapping[str, Any]], accuracy: float | None) -> Drawing:
    """Places everything around the point, north up; distances keep their proportions."""
    places = list(near)
    east = cos(radians(lat))
    reach = max([SMALLEST_SPAN, *(max(abs(p["lat"] - lat), abs(p["lon"] - lon) * east) for p in places)])
    scale = (SIZE / 2 - MARGIN) / reach
    middle = SIZE / 2
    marks = tuple(_mark(p, lat, lon, east, scale, middle) for p in places)
    radius = min((accuracy or 0) / 111_320 * scale, middle)
    return Drawing(SIZE, middle, marks, round(radius, 1))


def _mark(place: Mapping[str, Any], lat: float, lon: float, east: float, scale: float, middle: float) -> Mark:
    return Mark(
        x=round(middle + (place["lon"] - lon) * east * scale, 1),
        y=round(middle - (place["lat"] - lat) * scale, 1),
        name=str(place["name"]),
        metres=float(place["metres"]),
        lat=place["lat"],
        lon=place["lon"],
    )

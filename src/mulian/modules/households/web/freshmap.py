"""The map of what is stale, drawn on the server: a circle a place, where it lies, as large as its families are many.

Circles that would cover each other are pushed apart (Dorling's cartogram), so each can be read and pressed; places
whose position is not known stand in a row below a line. North is up; distances keep their proportions before the push.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, radians, sqrt

from mulian.kernel.geo import Point

WIDTH = 360.0
LEAST, MOST = 22.0, 46.0
"""Radii: the least still holds two short lines and a fingertip; the most is the place with most families."""
GAP = 4.0
ROUNDS = 120
SMALLEST_SPAN = 0.01
"""Degrees shown at least (about a kilometre), so that places close together are not torn apart."""
STEPS = (1, 10, 30)
"""From how many percent each darker shade begins."""


@dataclass(frozen=True)
class Spot:
    """What is drawn of one place: its number in the table, families, share in percent, where it lies."""

    key: str
    households: int
    percent: int
    point: Point | None


@dataclass
class Circle:
    """Position and radius in the drawing's units; `shade` 0-3 (3 the stalest); `loose`: position not known."""

    key: str
    x: float
    y: float
    r: float
    percent: int
    shade: int
    empty: bool
    loose: bool = False


@dataclass(frozen=True)
class Drawing:
    """Circles, the height they need, and the height of the line above those whose position is not known."""

    circles: tuple[Circle, ...]
    width: float
    height: float
    line: float | None


def drawing(spots: Sequence[Spot]) -> Drawing | None:
    """None where there is nothing to draw."""
    if not spots:
        return None
    most = max(spot.households for spot in spots)
    placed = _placed([spot for spot in spots if spot.point], most)
    _push(placed)
    height = _shift(placed)
    loose = [_circle(spot, 0, 0, most) for spot in spots if not spot.point]
    below = _rows(loose, height) if loose else height
    for circle in (*placed, *loose):
        circle.x, circle.y, circle.r = round(circle.x, 1), round(circle.y, 1), round(circle.r, 1)
    line = height if placed and loose else None
    return Drawing((*placed, *loose), WIDTH, round(below, 1), line)


def _circle(spot: Spot, x: float, y: float, most: int) -> Circle:
    r = max(LEAST, MOST * sqrt(spot.households / most)) if most else LEAST
    shade = sum(spot.percent >= step for step in STEPS)
    return Circle(spot.key, x, y, r, spot.percent, shade, not spot.households, loose=spot.point is None)


def _placed(spots: Sequence[Spot], most: int) -> list[Circle]:
    """Where they lie, the longer side of the country across the room there is."""
    points = [spot.point for spot in spots if spot.point]
    if not points:
        return []
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    narrow = cos(radians((south + north) / 2))
    span = max(SMALLEST_SPAN, north - south, (east - west) * narrow)
    scale = (WIDTH - 2 * MOST - 2 * GAP) / span
    middle = (west + east) / 2
    return [
        _circle(spot, WIDTH / 2 + (p.lon - middle) * narrow * scale, (north - p.lat) * scale, most)
        for spot, p in zip(spots, points, strict=True)
    ]


def _push(circles: Sequence[Circle]) -> None:
    """Pushes what overlaps apart, a little a round; the same places always give the same drawing."""
    for _ in range(ROUNDS):
        moved = False
        for n, (a, b) in enumerate(combinations(circles, 2)):
            moved = _apart(a, b, n) or moved
        for circle in circles:
            circle.x = min(max(circle.x, circle.r + GAP), WIDTH - circle.r - GAP)
        if not moved:
            return


def _apart(a: Circle, b: Circle, turn: int) -> bool:
    dx, dy = b.x - a.x, b.y - a.y
    distance, wanted = hypot(dx, dy), a.r + b.r + GAP
    if distance >= wanted - 0.1:
        return False
    if distance < 0.5:  # the very same place: aside in turn, to a fixed side
        dx, dy, distance = (1.0, 0.3, 1.0) if turn % 2 else (0.3, 1.0, 1.0)
    step = (wanted - distance) / 2 / distance
    a.x, a.y, b.x, b.y = a.x - dx * step, a.y - dy * step, b.x + dx * step, b.y + dy * step
    return True


def _shift(circles: Sequence[Circle]) -> float:
    """Moves all so that the topmost begins at the edge; the height they need."""
    if not circles:
        return 0.0
    top = min(circle.y - circle.r for circle in circles) - GAP
    for circle in circles:
        circle.y -= top
    return max(circle.y + circle.r for circle in circles) + GAP


def _rows(circles: Sequence[Circle], top: float) -> float:
    """Side by side from the left, in rows that break; the height they need."""
    x, y, tall = GAP, top + GAP, 0.0
    for circle in circles:
        if x + 2 * circle.r > WIDTH - GAP:
            x, y, tall = GAP, y + tall + GAP, 0.0
        circle.x, circle.y = x + circle.r, y + circle.r
        x, tall = x + 2 * circle.r + GAP, max(tall, 2 * circle.r)
    return y + tall + GAP

"""Points on the earth: distance, and the shifted Chinese map datum.

Everything is stored in WGS84. Chinese map services show GCJ-02, which lies 100 to 700 metres off inside
mainland China; the formula is the public approximation, exact to about a metre; its inverse is iterated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, hypot, isfinite, pi, radians, sin, sqrt
from typing import TypeVar

EARTH_METRES = 6_371_008.8
"""Mean radius (IUGG)."""
_AXIS = 6_378_245.0
_ECCENTRICITY = 0.00669342162296594323
_T = TypeVar("_T")


class Datum(StrEnum):
    """What the numbers of a point mean."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


@dataclass(frozen=True)
class Point:
    """Degrees in WGS84: latitude -90..90, longitude -180..180."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (isfinite(self.lat) and isfinite(self.lon) and abs(self.lat) <= 90 and abs(self.lon) <= 180):
            raise ValueError(f"not a place on earth: {self.lat}, {self.lon}")


def metres(one: Point, other: Point) -> float:
    """Great-circle distance (haversine); within 0.6 % of the ellipsoid."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, radians(other.lon - one.lon) / 2
    square = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(square)))


def nearest(point: Point, places: Iterable[tuple[_T, Point]], within: float) -> tuple[_T, float] | None:
    """The place closest to `point` and its distance in metres, or None when none lies `within` metres."""
    best: tuple[_T, float] | None = None
    for place, at in places:
        distance = metres(point, at)
        if distance <= within and (best is None or distance < best[1]):
            best = (place, distance)
    return best


def in_china(point: Point) -> bool:
    """The rectangle within which map services shift points."""
    return 0.8293 <= point.lat <= 55.8271 and 72.004 <= point.lon <= 137.8347


def to_gcj02(point: Point) -> tuple[float, float]:
    """WGS84 as (lat, lon) in GCJ-02, for handing a place to a Chinese map service."""
    if not in_china(point):
        return point.lat, point.lon
    shift_lat, shift_lon = _shift(point.lat, point.lon)
    return point.lat + shift_lat, point.lon + shift_lon


def from_gcj02(lat: float, lon: float) -> Point:
    """The WGS84 point that a Chinese map service shows at (lat, lon)."""
    guess = Point(lat, lon)
    for _ in range(20):
        shown_lat, shown_lon = to_gcj02(guess)
        off_lat, off_lon = lat - shown_lat, lon - shown_lon
        guess = Point(guess.lat + off_lat, guess.lon + off_lon)
        if hypot(off_lat, off_lon) < 1e-9:
            break
    return guess


def _shift(lat: float, lon: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    bend = 1 - _ECCENTRICITY * sin(radians(lat)) ** 2
    shift_lat = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (bend * sqrt(bend)) * pi)
    shift_lon = east * 180.0 / (_AXIS / sqrt(bend) * cos(radians(lat)) * pi)
    return shift_lat, shift_lon

"""What commands of several modules carry in their bodies: voices, photos, points."""

from __future__ import annotations

import msgspec

from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem


class VoiceBody(msgspec.Struct):
    """A recording by its SHA-256; the bytes travel apart."""

    sha256: str
    seconds: float | None = None
    mime: str = ""


class PhotoBody(msgspec.Struct):
    """A photo by its SHA-256; the bytes travel apart."""

    sha256: str


class PlaceBody(msgspec.Struct):
    """The phone's point: degrees WGS84, accuracy in metres."""

    lat: float
    lon: float
    accuracy: float | None = None


def photos_of(photos: list[PhotoBody | str]) -> tuple[str, ...]:
    """Their SHA-256; early phones sent it bare."""
    return tuple(each if isinstance(each, str) else each.sha256 for each in photos)


def point_of(place: PlaceBody | None) -> Point | None:
    """Raises `sync.bad_body` for what lies nowhere on earth."""
    try:
        return Point(place.lat, place.lon) if place else None
    except ValueError:
        raise Problem("sync.bad_body") from None

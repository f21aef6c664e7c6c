"""What several commands carry: voices, photos, points."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mulian.modules.cases.actions.said import Voice


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


def words_of(names: Mapping[str, str], language: str) -> dict[str, str]:
    """Words as phones hold them: in both languages of the county, because a phone is switched without network."""
    wanted = ("zh", "bo", "en") if language == "en" else ("zh", "bo")
    return {each: names[each] for each in wanted if names.get(each)}


def voice_of(body: VoiceBody | None) -> Voice | None:
    return Voice(sha256=body.sha256, seconds=body.seconds, mime=body.mime) if body else None


def photos_of(photos: list[PhotoBody | str]) -> tuple[str, ...]:
    return tuple(each if isinstance(each, str) else each.sha256 for each in photos)

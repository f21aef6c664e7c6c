"""Facts about places."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.kernel.event import Event


def area_subject(code: str) -> UUID:
    """Areas are named by code; the log names subjects by UUID, derived from the code."""
    return uuid5(NAMESPACE_URL, f"mulian:area:{code}")


@dataclass(frozen=True, kw_only=True)
class AreasLoaded(Event):
    """A county pack's places and offices were taken in (one event for the batch)."""

    name = "areas.loaded"
    subject_kind = "area"
    pack: str
    areas: int
    units: int


@dataclass(frozen=True, kw_only=True)
class AreaOpened(Event):
    """A place of our own (grid area, co-operative) was opened under an official one."""

    name = "areas.opened"
    subject_kind = "area"
    code: str


@dataclass(frozen=True, kw_only=True)
class AreaRenamed(Event):
    """A place's shown names were mended (never its code)."""

    name = "areas.renamed"
    subject_kind = "area"
    code: str
    before: dict[str, str]
    after: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class AreaSucceeded(Event):
    """The state renamed or split a place: this one ended, another follows."""

    name = "areas.succeeded"
    subject_kind = "area"
    code: str
    successor: str

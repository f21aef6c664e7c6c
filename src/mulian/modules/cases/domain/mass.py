"""One hazard or one broken service that many report: found within three reports or ten minutes, never about people.

Reports of the same hazard (else the same topic) belong together when they are near in place and time. A
household that calls again counts once. A complaint takes no part, and no report is hidden by taking part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mulian.kernel.geo import Point, metres
from mulian.modules.cases.domain.staffing import TOWNSHIP_DIGITS
from mulian.modules.cases.domain.topics import Kind

COUNTED = frozenset({Kind.PROBLEM, Kind.QUESTION})
"""Kinds of report that can tell of a hazard."""


@dataclass(frozen=True, kw_only=True)
class Mass:
    """The pack's measure: so many reports, or two of a hazard within so many minutes; how near they lie."""

    reports: int = 3
    minutes: float = 10.0
    metres: float = 20_000.0
    hours: float = 24.0


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """A report as it is counted. `matter` is its hazard, else its topic; `who` the household, else itself."""

    id: UUID
    matter: str
    at: datetime
    area: str
    who: UUID
    hazard: bool = False
    point: Point | None = None


def belong(one: Sighting, other: Sighting, measure: Mass) -> bool:
    """Whether two reports may tell of one event; symmetric."""
    if one.matter != other.matter or not one.matter:
        return False
    if abs(one.at - other.at) > timedelta(hours=measure.hours):
        return False
    if one.point and other.point:
        return metres(one.point, other.point) <= measure.metres
    known = min(len(one.area), len(other.area)) >= TOWNSHIP_DIGITS
    return known and one.area[:TOWNSHIP_DIGITS] == other.area[:TOWNSHIP_DIGITS]


def gathered(fresh: Sighting, earlier: Iterable[Sighting], measure: Mass) -> tuple[Sighting, ...]:
    """The reports that make one event with `fresh`, oldest first; empty while they are too few.

    Reports hang together through each other, so a storm that moves along a valley is one event.
    """
    found, waiting = [fresh], [each for each in earlier if each.id != fresh.id]
    for known in found:
        near = [each for each in waiting if belong(known, each, measure)]
        found += near
        waiting = [each for each in waiting if each not in near]
    return tuple(sorted(found, key=lambda each: (each.at, str(each.id)))) if _enough(found, measure) else ()


def _enough(found: list[Sighting], measure: Mass) -> bool:
    first: dict[UUID, Sighting] = {}
    for each in sorted(found, key=lambda each: each.at):
        first.setdefault(each.who, each)
    if len(first) >= measure.reports:
        return True
    times = [each.at for each in first.values() if each.hazard]
    return len(times) >= 2 and max(times) - min(times) <= timedelta(minutes=measure.minutes)


def township(found: Iterable[Sighting]) -> str:
    """The area an event is kept under: the township of its first report, or whatever is known above it."""
    return next(iter(found)).area[:TOWNSHIP_DIGITS]


def over(last_at: datetime, now: datetime, measure: Mass) -> bool:
    """Whether nothing more has come for so long that a new report tells of a new event."""
    return now - last_at > timedelta(hours=measure.hours)

"""Where it happened: the first sure answer in a fixed order (DESIGN §3, rule 1).

A place a person set, else one named in the text with confidence, else the phone's point (nearest known
place within 20 km), else where the household was at the report's time (camp, else residing, else
registered), else the liaison's grid area, else the county alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mulian.kernel.geo import Point, nearest
from mulian.modules.cases.domain.gazetteer import Gazetteer

NEAR_METRES = 20_000.0


class Basis(StrEnum):
    """What the answer rests on; shown beside the place."""

    CHOSEN = "chosen"
    NAMED = "named"
    POINT = "point"
    CAMP = "camp"
    RESIDING = "residing"
    REGISTERED = "registered"
    GRID = "grid"
    COUNTY = "county"


@dataclass(frozen=True, kw_only=True)
class HouseholdPlaces:
    """Where a household was at the report's time, as area codes."""

    registered: str | None = None
    residing: str | None = None
    camp: str | None = None


@dataclass(frozen=True)
class KnownPlace:
    """A place whose point is known: a village office, a township seat, a camp."""

    area: str
    point: Point


@dataclass(frozen=True, kw_only=True)
class Place:
    """The answer: an area, further areas of a double event, what it rests on and how sure it is (0..1)."""

    area: str
    basis: Basis
    also: tuple[str, ...] = ()
    confidence: float = 1.0
    metres: float | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """All a report says about its place. `chosen` areas were set by a person, `grid` is the liaison's."""

    county: str
    chosen: tuple[str, ...] = ()
    text: str = ""
    point: Point | None = None
    accuracy: float = 0.0
    household: HouseholdPlaces | None = None
    grid: str | None = None


_EMPTY = Gazetteer(())


def find_place(report: Whereabouts, *, names: Gazetteer = _EMPTY, known: Sequence[KnownPlace] = ()) -> Place:
    """The place of a report; always answers, at worst with the county alone."""
    if report.chosen:
        return Place(area=report.chosen[0], also=report.chosen[1:], basis=Basis.CHOSEN)
    return _named(report, names) or _pointed(report, known) or _of_household(report) or _fallback(report)


def _named(report: Whereabouts, names: Gazetteer) -> Place | None:
    household = report.household or HouseholdPlaces()
    near = [area for area in (report.grid, household.residing, household.registered) if area]
    found = names.named_in(report.text, near=near)
    if not found:
        return None
    return Place(
        area=found[0].area,
        also=tuple(each.area for each in found[1:]),
        basis=Basis.NAMED,
        confidence=min(each.confidence for each in found),
        words=tuple(each.word for each in found),
    )


def _pointed(report: Whereabouts, known: Sequence[KnownPlace]) -> Place | None:
    """A point less exact than the search radius says nothing."""
    if report.point is None or report.accuracy > NEAR_METRES:
        return None
    hit = nearest(report.point, ((each.area, each.point) for each in known), NEAR_METRES)
    if hit is None:
        return None
    area, metres = hit
    return Place(
        area=area, basis=Basis.POINT, metres=metres, confidence=round(1 - metres / NEAR_METRES / 2, 3)
    )


def _of_household(report: Whereabouts) -> Place | None:
    if report.household is None:
        return None
    for basis in (Basis.CAMP, Basis.RESIDING, Basis.REGISTERED):
        area: str | None = getattr(report.household, basis.value)
        if area:
            return Place(area=area, basis=basis)
    return None


def _fallback(report: Whereabouts) -> Place:
    if report.grid:
        return Place(area=report.grid, basis=Basis.GRID)
    return Place(area=report.county, basis=Basis.COUNTY, confidence=0.0)

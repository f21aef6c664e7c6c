"""Known places around a point, for the small map."""

from __future__ import annotations

from mulian.core.areas import queries as areas
from mulian.kernel.geo import Point, metres
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.web.showing.choices import language

SHOWN = 3
REACH_METRES = 60_000.0
"""Beyond this a known place helps nobody to find the point."""


def near(case: Case) -> list[dict[str, object]]:
    """The three nearest known places with their distance, as the map component takes them."""
    if case.lat is None or case.lon is None:
        return []
    here = Point(case.lat, case.lon)
    found = sorted((metres(here, each.point), each.area, each.point) for each in rules().known)[:SHOWN]
    names = areas.names([code for _, code, _ in found], language())
    return [
        {"name": names.get(code, code), "metres": away, "lat": point.lat, "lon": point.lon}
        for away, code, point in found
        if away <= REACH_METRES
    ]

"""How much of a case may stand where everybody reads: whether at all, and how exactly on the map.

A public list shows a topic, a village and how far it is; never who reported, what was said (unless a person released
words), a home, or anything that follows a person. A phone's own point is where a person stood, not where a thing is.
"""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.geo import Point
from mulian.modules.cases.domain.topics import Follows, Kind

PUBLIC_KINDS = frozenset({Kind.PROBLEM, Kind.SUGGESTION})
"""Wishes, questions and thanks are between a family and the county; complaints about a person always are."""
HOME_METRES = 1000.0
"""Nearer to a declared camp than this, a point could show a home."""
DECIMALS = 3
"""About 100 metres: enough to find a bridge, too coarse to tell one tent of a group."""


@dataclass(frozen=True, kw_only=True)
class Bearing:
    """What of a case decides how public it may be.

    `by_phone`: its point is where somebody's phone was, not a place a person set for the thing.
    """

    listed: bool
    follows: Follows
    kind: Kind
    complaint: bool = False
    household: bool = False
    by_phone: bool = False
    near_home: bool = False


def is_public(case: Bearing) -> bool:
    """Whether the case may be listed at all: its topic is listed by the pack, and it is about a place."""
    return case.listed and case.follows is Follows.PLACE and case.kind in PUBLIC_KINDS and not case.complaint


def shown_point(case: Bearing, *, point: Point | None, village: Point | None, fine: bool) -> Point | None:
    """Where it stands on a public map: near by, at the village's known point, or nowhere.

    `fine`: the pack says of the topic that where it is belongs to the public (a bridge, a lamp).
    """
    if not is_public(case):
        return None
    personal = case.household or case.by_phone or case.near_home
    if point is None or not fine or personal:
        return village
    return Point(round(point.lat, DECIMALS), round(point.lon, DECIMALS))

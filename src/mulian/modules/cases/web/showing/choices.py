"""What forms offer: topics by their tree, places by township, hazards. Read from the pack and the tree of areas."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

from mulian.core.areas import queries as areas
from mulian.core.areas.codes import Level, level
from mulian.core.areas.models import Area, Unit
from mulian.kernel.actor import Actor
from mulian.modules.cases.queries.offered import hazards_offered, topics_offered

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]
TOWNSHIP_DIGITS, VILLAGE_DIGITS = 9, 12
_PLACES = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


def language() -> str:
    """The page's language."""
    return get_language() or "zh-hans"


def topics() -> list[Group]:
    """Topics in groups: each topmost one with those below it, in the pack's order."""
    found = topics_offered(language())
    return [
        (name, [(code, name), *((c, n) for c, up, n in found if _under(c, up, code))])
        for code, parent, name in found
        if not parent
    ]


def _under(code: str, parent: str, top: str) -> bool:
    return parent == top or (bool(parent) and code.startswith(f"{top}."))


def hazards() -> list[Choice]:
    return hazards_offered(language())


def places() -> list[Group]:
    """County, townships and villages, grouped by township; the county stands alone first."""
    found = [a for a in _valid() if level(a.code) in _PLACES]
    groups = [(key, list(group)) for key, group in groupby(found, key=lambda a: a.code[:TOWNSHIP_DIGITS])]
    return [(_name(group[0]), [(a.code, _name(a)) for a in group]) for _, group in groups]


def my_places(actor: Actor) -> list[Group]:
    """The same, only what lies in one of the actor's areas (whoever serves one village needs no list of all)."""
    mine = tuple(actor.areas)
    kept = [(name, [c for c in choices if c[0].startswith(mine)]) for name, choices in places()]
    return [(name, choices) for name, choices in kept if choices]


def offices() -> list[tuple[UUID, str]]:
    """(id, name) of every office, for a complaint about one."""
    rows = Unit.objects.filter(valid_to__isnull=True).order_by("area_id", "code")
    return [(unit.id, unit.name(language())) for unit in rows]


def empty(words: str = "—") -> Choice:
    """The choice of nothing."""
    return ("", words)


def _valid() -> QuerySet[Area]:
    root = areas.root()
    rows = Area.objects.filter(valid_to__isnull=True).order_by("code")
    return rows.filter(areas.subtree(root.code)) if root else rows


def _name(area: Area) -> str:
    return area.name(language()) or gettext("unnamed place")


def villages(actor: Actor | None = None) -> list[Group]:
    """Villages and communities by township; with `actor`, those in one of their areas."""
    return [
        (name, found)
        for name, group in (my_places(actor) if actor else places())
        if (found := [c for c in group if len(c[0]) == VILLAGE_DIGITS])
    ]


def homes() -> list[Group]:
    """Villages and the parts of them that one liaison serves, by township."""
    found = [a for a in _valid() if level(a.code) in (Level.VILLAGE, Level.GRID)]
    groups = [(key, list(group)) for key, group in groupby(found, key=lambda a: a.code[:TOWNSHIP_DIGITS])]
    named = areas.place_names([a.code for a in found], language())
    towns = areas.names([key for key, _ in groups], language())
    return [(towns.get(key, key), [(a.code, named[a.code]) for a in group]) for key, group in groups]

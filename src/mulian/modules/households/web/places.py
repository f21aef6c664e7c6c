"""Places to choose from on the register's forms, named in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext

from mulian.core.access import scope
from mulian.core.areas.codes import Level
from mulian.core.areas.models import Area
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import Actor

Choices = list[tuple[str, str]]
Groups = list[tuple[str, Choices]]


def villages(actor: Actor, permission: str) -> list[Area]:
    """The villages in which one of the actor's duties includes the permission (the one above a grid area too)."""
    reach = [posting.area for posting in scope.granting(actor, permission)]
    above = Q(code__in=[code[:12] for code in reach if len(code) > 12])
    return _areas(Level.VILLAGE, reach, above)


def grids(actor: Actor, permission: str) -> list[Area]:
    """The grid areas in which one of the actor's duties includes the permission."""
    return _areas(Level.GRID, [posting.area for posting in scope.granting(actor, permission)])


def _areas(level: Level, reach: Iterable[str], also: Q | None = None) -> list[Area]:
    where = reduce(
        or_, (Q(code__gte=low, code__lt=high) for low, high in map(prefix_range, reach)), Q(pk__in=[])
    )
    rows = Area.objects.filter(where | (also or Q(pk__in=[])), level=level, valid_to__isnull=True)
    return list(rows.order_by("code"))


def choices(areas: Iterable[Area], language: str) -> Choices:
    return [(area.code, area.name(language)) for area in areas]


def homes(actor: Actor, permission: str, language: str) -> Groups:
    """Where a household may live: grid areas by village, then every other village of the county."""
    own, inside = villages(actor, permission), grids(actor, permission)
    others = Area.objects.filter(level=Level.VILLAGE, valid_to__isnull=True).exclude(
        pk__in=[v.pk for v in own]
    )
    groups = [(village.name(language), _inside(village, inside, language)) for village in own]
    return [*groups, (gettext("Elsewhere in the county"), choices(others.order_by("code"), language))]


def _inside(village: Area, grids: Iterable[Area], language: str) -> Choices:
    """The village as a whole, then its grid areas."""
    name = village.name(language)
    below = [grid for grid in grids if grid.code.startswith(village.code)]
    return [(village.code, name), *((grid.code, f"{name} · {grid.name(language)}") for grid in below)]


def reached(actor: Actor, permission: str, language: str) -> Choices:
    """The areas of the actor's own duties with the permission, then the villages inside them."""
    own = Area.objects.filter(code__in={posting.area for posting in scope.granting(actor, permission)})
    inside = villages(actor, permission)
    found = {area.code: area for area in [*own.order_by("code"), *inside]}
    return choices(found.values(), language)

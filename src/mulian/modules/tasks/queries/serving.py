"""Who holds a role where, who serves a family, who is one level up: for code that acts (duties are known)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.access.models import Leave, Posting
from mulian.core.areas.codes import Level, at_level
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import Role
from mulian.modules.households import public as households

ASKED = (Role.LIAISON, Role.GRID_HEAD, Role.VILLAGE_LEAD, Role.TOWNSHIP_OFFICER)
"""Roles a task may go to."""
_UP = (
    (Role.VILLAGE_LEAD, Level.VILLAGE),
    (Role.TOWNSHIP_OFFICER, Level.TOWNSHIP),
    (Role.COUNTY_DUTY, Level.COUNTY),
)

Serving = dict[str, frozenset[UUID]]
"""area code or household id → who serves there."""


def holding(role: str, at: datetime) -> QuerySet[Posting]:
    """The duties of a role held at `at` by active people."""
    rows = Posting.objects.filter(role=role, valid_from__lte=at, person__is_active=True)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))


def in_area(role: str, area: str, at: datetime) -> Serving:
    """area code of the duty → its holders, of all below an area."""
    low, high = prefix_range(area)
    return _by_area(holding(role, at).filter(area__gte=low, area__lt=high))


def in_places(role: str, areas: Iterable[str], at: datetime) -> Serving:
    """The same for exactly these areas; one nobody serves has an empty set."""
    codes = set(areas)
    found = _by_area(holding(role, at).filter(area__in=codes))
    return {code: found.get(code, frozenset()) for code in codes}


def of_households(ids: Iterable[UUID], at: datetime) -> dict[UUID, tuple[str, frozenset[UUID]]]:
    """household → (grid area, its liaisons): those of its camp where anybody serves there, else of its home."""
    where = households.where_many(ids, at)
    codes = {code for place in where.values() for code in (place.camp_area, place.residing) if code}
    serving = in_places(Role.LIAISON, codes, at)
    found: dict[UUID, tuple[str, frozenset[UUID]]] = {}
    for id, place in where.items():
        near = [code for code in (place.camp_area, place.residing) if code]
        chosen = next((code for code in near if serving[code]), place.residing or place.registered or "")
        found[id] = (chosen, serving.get(chosen, frozenset()))
    return found


def above(area: str, at: datetime, role: str = Role.LIAISON) -> frozenset[UUID]:
    """Who heads the next level above a holder of `role` in an area; the deputy of who is on leave.

    Where nobody holds it, the level above that.
    """
    order = [up for up, _ in _UP]
    levels = _UP[order.index(Role(role)) + 1 :] if role in order else _UP
    for up, level in levels:
        code = at_level(area, level)
        found = list(holding(up, at).filter(area=code)) if code else []
        if found:
            return _present(found, at)
    return frozenset()


def _present(postings: list[Posting], at: datetime) -> frozenset[UUID]:
    leaves = Leave.objects.filter(posting__in=postings, starts__lte=at, ends__gt=at)
    deputies = {leave.posting_id: leave.deputy_id for leave in leaves}
    people = {p.person_id: deputies.get(p.id, p.person_id) for p in postings}
    return frozenset(deputy or person for person, deputy in people.items())


def _by_area(rows: QuerySet[Posting]) -> Serving:
    found: dict[str, set[UUID]] = {}
    for area, person in rows.values_list("area_id", "person_id"):
        found.setdefault(area, set()).add(person)
    return {area: frozenset(people) for area, people in found.items()}

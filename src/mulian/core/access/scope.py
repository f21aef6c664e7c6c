"""The one place that decides who sees and does what. Nothing else in Mulian filters by rights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from mulian.core.access.models import Exclusion, Placement
from mulian.core.areas import queries as areas
from mulian.core.areas.codes import within
from mulian.core.database import quick
from mulian.core.database.vendor import Aside, is_postgresql, more_than, prefix_range
from mulian.core.registry import grants
from mulian.kernel.actor import SYSTEM, Actor, Posting, Role
from mulian.kernel.problems import Problem

M = TypeVar("M", bound=Model)
COUNTY_LENGTH = 6
MANY = 5000
"""Placements in a reach from which on listing them costs more than asking the rows a page comes to."""
UNIT_BOUND = frozenset({Role.DEPARTMENT_OFFICER})
"""Roles that see what was placed with their unit; all others see what lies in their area."""


def permitted(actor: Actor, permission: str) -> bool:
    """True when some duty of the actor includes the permission, anywhere."""
    return actor is SYSTEM or _is_lent(actor, permission) or bool(granting(actor, permission))


def granting(actor: Actor, permission: str) -> tuple[Posting, ...]:
    """The actor's duties that include the permission."""
    table = grants()
    return tuple(p for p in actor.postings if permission in table[p.role])


def visible(
    queryset: QuerySet[M],
    *,
    kind: str,
    actor: Actor,
    permission: str,
    at: datetime,
    areas_only: Iterable[str] = (),
    among: Iterable[UUID] | None = None,
) -> QuerySet[M]:
    """The rows of one kind that the actor's duties reach at `at`.

    `areas_only` narrows further to things placed in these areas, `among` to these ids (neither ever widens).
    With `among` it costs what is asked for, not what the duties reach.
    """
    ids = None if among is None else list(among)
    if actor is SYSTEM:
        return queryset if ids is None else queryset.filter(pk__in=ids)
    if (only := _lent_subject(actor, permission, kind)) is not None:
        return queryset.filter(pk=only) if ids is None or only in ids else queryset.none()
    postings = granting(actor, permission)
    if not postings:
        return queryset.none()
    barred = Exclusion.objects.filter(subject_kind=kind, person=actor.person).values("subject_id")
    narrowed = tuple(areas_only)
    if narrowed:
        queryset = _lying(queryset, kind, _in_areas(narrowed), at)
    everywhere = any(_everywhere(p) for p in postings)
    if ids is not None:
        queryset = queryset.filter(pk__in=ids if everywhere else _reached(postings, kind, ids, at))
    elif not everywhere:
        queryset = _lying(queryset, kind, reduce(or_, map(_reach, postings)), at)
    return queryset.exclude(pk__in=barred)


def can(actor: Actor, permission: str, *, kind: str, id: UUID, at: datetime) -> bool:
    """True when one of the actor's duties includes the permission and reaches this subject at `at`."""
    if actor is SYSTEM or id == _lent_subject(actor, permission, kind):
        return True
    postings = granting(actor, permission)
    if not postings or _barred(actor, kind, id):
        return False
    if any(_everywhere(p) for p in postings):
        return True
    return bool(_reached(postings, kind, [id], at))


def _is_lent(actor: Actor, permission: str) -> bool:
    return actor.lent is not None and permission in actor.lent.permissions


def _lent_subject(actor: Actor, permission: str, kind: str) -> UUID | None:
    """The one subject of this kind a public door opened for the actor."""
    lent = actor.lent
    return lent.subject if lent and permission in lent.permissions and kind == lent.kind else None


def require(actor: Actor, permission: str, *, kind: str, id: UUID, at: datetime) -> None:
    """Raises `not_found` (404) for what the actor may not know of, so that ids cannot be probed."""
    if not can(actor, permission, kind=kind, id=id, at=at):
        raise Problem("not_found")


def require_any(actor: Actor, permission: str) -> None:
    """Raises `forbidden` (403) when no duty of the actor includes the permission."""
    if not permitted(actor, permission):
        raise Problem("forbidden")


def require_area(actor: Actor, permission: str, area: str) -> None:
    """Raises `not_found` unless one of the actor's duties includes the permission in this area."""
    reach = (p for p in granting(actor, permission) if within(area, p.area))
    if actor is not SYSTEM and not any(reach):
        raise Problem("not_found")


def unit_within(actor: Actor, permission: str, area: str) -> UUID | None:
    """Whose share of an area's things the actor's duties reach: None for everybody's, else their unit's alone.

    Raises `not_found` where no duty reaches the area.
    """
    there = [p for p in granting(actor, permission) if within(area, p.area)]
    if actor is SYSTEM or any(p.role not in UNIT_BOUND for p in there):
        return None
    units = [p.unit for p in there if p.unit]
    if not units:
        raise Problem("not_found")
    return min(units)


def inside(actor: Actor, permission: str, *, area: str, unit: str) -> Q:
    """A filter for rows inside subjects the actor already sees: those lying in one of their duties' areas.

    An officer who sees subjects through their unit sees all rows of what that unit made. `area` and `unit` name
    the rows' fields.
    """
    if actor is SYSTEM:
        return Q()
    found = Q(pk__in=[])
    for posting in granting(actor, permission):
        if posting.role in UNIT_BOUND:
            found |= Q(**{unit: posting.unit}) if posting.unit else Q(pk__in=[])
        else:
            low, high = prefix_range(posting.area)
            found |= Q(**{f"{area}__gte": low, f"{area}__lt": high})
    return found


@dataclass(frozen=True)
class Held:
    """One way a subject counts at a moment."""

    area: str
    unit: UUID | None
    topic: str
    counts_as: str


def held_places(kind: str, ids: Sequence[UUID], at: datetime) -> dict[UUID, list[Held]]:
    """Where subjects count at `at`, oldest first, with one statement. For code that checks, or checked, their scope.

    The kind is compared here: asked with it, SQLite reads everything of the kind instead of these ids.
    """
    found: dict[UUID, list[Held]] = {id: [] for id in ids}
    if not found:
        return found
    moment = quick.moment(at)
    statement = (
        "SELECT subject_id, subject_kind, area_id, unit_id, topic, counts_as FROM access_placement"
        f" WHERE subject_id IN {quick.slots(len(found))}"
        " AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s) ORDER BY valid_from, id"
    )
    for row in quick.fetch(statement, (*map(quick.key, found), moment, moment)):
        id, of_kind, area, unit, topic, counts_as = row
        if of_kind == kind:
            found[quick.uuid(id)].append(Held(area, unit and quick.uuid(unit), topic, counts_as))
    return found


def _reached(postings: Iterable[Posting], kind: str, ids: Sequence[UUID], at: datetime) -> list[UUID]:
    """Those of some subjects that one of the duties reaches."""
    places, duties = held_places(kind, ids, at), tuple(postings)
    return [id for id, held in places.items() if any(_reaches(d, place) for d in duties for place in held)]


def _barred(actor: Actor, kind: str, id: UUID) -> bool:
    statement = "SELECT 1 FROM access_exclusion WHERE person_id = %s AND subject_kind = %s AND subject_id = %s LIMIT 1"
    return bool(quick.fetch(statement, (quick.key(actor.person), kind, quick.key(id))))


def _reaches(posting: Posting, place: Held) -> bool:
    """The rule of `_reach`, for one placement in hand."""
    if posting.role in UNIT_BOUND:
        there = posting.unit is not None and place.unit == posting.unit
    else:
        there = within(place.area, posting.area)
    return there and (not posting.topics or place.topic in posting.topics)


def _lying(queryset: QuerySet[M], kind: str, where: Q, at: datetime) -> QuerySet[M]:
    """Those placed there. Few are looked up; where many are, each row a page comes to is asked.

    PostgreSQL knows by itself which of the two is quicker.
    """
    there = Placement.objects.filter(where)
    current = there.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at)
    if is_postgresql() or not more_than(MANY, there.filter(subject_kind=kind)):
        return queryset.filter(pk__in=current.filter(subject_kind=kind).values("subject_id"))
    asked = current.alias(of_kind=Aside(F("subject_kind"))).filter(of_kind=kind, subject_id=OuterRef("pk"))
    return queryset.filter(Exists(asked))


def _reach(posting: Posting) -> Q:
    if posting.role in UNIT_BOUND:
        where = Q(unit=posting.unit) if posting.unit else Q(pk__in=[])
    else:
        where = _in_areas((posting.area,))
    return where & Q(topic__in=posting.topics) if posting.topics else where


def _in_areas(codes: Iterable[str]) -> Q:
    return reduce(or_, (_range(code) for code in codes))


def _range(code: str) -> Q:
    low, high = prefix_range(code)
    return Q(area__gte=low, area__lt=high)


def _everywhere(posting: Posting) -> bool:
    """A duty over the whole installation needs no join (counting 3 million records would)."""
    if posting.role in UNIT_BOUND or posting.topics or len(posting.area) > COUNTY_LENGTH:
        return False
    root = areas.root()
    return root is not None and within(root.code, posting.area)

"""Requests of families as who answers for them sees them, and whose record is restricted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.access import scope
from mulian.core.areas.codes import within
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.requests import State
from mulian.modules.households.models import Household, Request, Restriction
from mulian.modules.households.permissions import Permission

WHY = "requests lie in the areas of those who answer for them"


def visible(actor: Actor) -> QuerySet[Request]:
    """Those of the actor's areas, and those the actor took down for another village; the soonest due first."""
    rows = Request.unscoped.because(WHY).select_related("household", "area")
    wanted = Q(taken_by=actor.person)
    for posting in scope.granting(actor, Permission.REQUESTS):
        low, high = prefix_range(posting.area)
        wanted |= Q(area__gte=low, area__lt=high)
    return rows.filter(wanted)


def listed(actor: Actor, shown: str) -> QuerySet[Request]:
    """`open`: the soonest due first; `untold`: decided, the family not told; `all`: the latest first."""
    rows = visible(actor)
    if shown == "untold":
        return rows.exclude(state=State.OPEN).filter(told_at__isnull=True).order_by("decided_at", "id")
    if shown == "all":
        return rows.order_by("-taken_at", "-id")
    return rows.filter(state=State.OPEN).order_by("due_at", "id")


def request(id: UUID, actor: Actor) -> Request:
    """One of them. Raises `not_found`."""
    found = visible(actor).filter(id=id).first()
    if found is None:
        raise Problem("not_found")
    return found


def answers(row: Request, actor: Actor, permission: str = Permission.RIGHTS) -> bool:
    """Whether the actor's duty reaches the area that answers."""
    return actor is SYSTEM or any(within(row.area_id, p.area) for p in scope.granting(actor, permission))


def of_household(household: UUID) -> QuerySet[Request]:
    """A household's, the latest first; the caller has it in scope."""
    return Request.unscoped.because(WHY).filter(household=household).order_by("-taken_at", "-id")


def restricted(households: Iterable[UUID] | None, at: datetime) -> QuerySet[Restriction]:
    """The restrictions that hold, as rows; of some households only, where they are given."""
    rows = Restriction.unscoped.because("what is restricted is left out").filter(since__lte=at)
    rows = rows.exclude(until__lte=at)
    return rows if households is None else rows.filter(household__in=list(households))


def unrestricted(rows: QuerySet[Household], at: datetime) -> QuerySet[Household]:
    """Without the households whose record is restricted: for whatever leaves as a table or a list (PIPL 44)."""
    return rows.exclude(id__in=restricted(None, at).values("household"))

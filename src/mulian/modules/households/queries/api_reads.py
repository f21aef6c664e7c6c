"""What a program reads of the register, with the duties of its person: pages by number, and one household's facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from mulian.core.access import scope
from mulian.core.events.models import Event
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.domain.catalogue import Of
from mulian.modules.households.domain.sides import may_read
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, Whereabouts, household, ledger, whereabouts
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.register import Known, needs, true_on
from mulian.modules.households.queries.requests import restricted, unrestricted
from mulian.modules.households.queries.standing import standing

CHANGED = (
    "households.registered", "households.changed", "households.moved", "households.member_came",
    "households.member_went", "households.split", "households.merged", "households.reopened",
    "households.life_taken_back", "households.restriction_lifted",
)  # fmt: skip
"""Facts after which a program reads a household again; who only looked at it changed nothing."""
MOST = 100
"""Households of one answer."""


@dataclass(frozen=True)
class Page:
    """Some households in the order of their numbers, where they count, and the number after which the next begin."""

    rows: list[Household]
    places: dict[UUID, Whereabouts]
    next: str | None


def page(
    actor: Actor, at: datetime, *, area: str, after: str, limit: int, since: datetime | None = None
) -> Page:
    """Of one's own ledger, as on the console; a restricted record is in no list. Five statements, however many.

    `since`: only those about whom something was taken in at that moment or later.
    """
    rows = unrestricted(ledger(actor, at, area=area), at)
    if since is not None:
        told = Event.objects.filter(
            subject_kind=KIND, subject_id=OuterRef("pk"), name__in=CHANGED, recorded_at__gte=since
        )
        rows = rows.filter(Q(created_at__gte=since) | Exists(told))
    wanted = max(1, min(limit, MOST))
    found = list(rows.filter(number__gt=after).order_by("number")[: wanted + 1])
    shown = found[:wanted]
    more = shown[-1].number if len(found) > wanted else None
    return Page(shown, whereabouts([row.id for row in shown], at), more)


@dataclass(frozen=True)
class Record:
    """One household as this actor reads it; `needs` None: not asked for, or not theirs to read."""

    row: Household
    place: Whereabouts
    facts: list[Known]
    needs: list[str] | None
    restricted: bool


def record(id: UUID, actor: Actor, at: datetime, *, care: bool) -> Record | None:
    """One household in scope; what is sensitive only when it is asked for by who helps the family.

    A restricted record answers without facts. Facts of camps say where a family is and are not answered here.
    """
    row = household(id, actor, at)
    if row is None or row.closed_at is not None:
        return None
    held = restricted([id], at).exists()
    cares = care and not held and scope.can(actor, Permission.CARE, kind=KIND, id=id, at=at)
    stands, entries = standing([id], actor, at)[id], catalogue().items
    own = {None} | {member.id for member in row.members.all()}
    facts = [
        one
        for one in true_on([id], at.astimezone(CN).date()).get(id, [])
        if entries[one.code].of != Of.CAMP
        and one.subject in own
        and may_read(entries[one.code], stands, cares)
    ]
    found = [need.code for need in needs([id], at.astimezone(CN).date()).get(id, [])] if cares else None
    return Record(row, whereabouts([id], at)[id], [] if held else facts, found, held)

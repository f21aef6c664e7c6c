"""Exports as their asker and the one who decides see them, and the rows that leave: own scope, readers' rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.access import scope
from mulian.core.database.vendor import prefix_range
from mulian.core.events.models import Event
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.catalogue import Item, Of
from mulian.modules.households.domain.sides import may_read
from mulian.modules.households.domain.values import Value
from mulian.modules.households.events import ConsentWithdrawn, RecordErased
from mulian.modules.households.models import Export, Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, ledger, whereabouts, with_insides
from mulian.modules.households.queries.register import true_on
from mulian.modules.households.queries.requests import restricted, unrestricted
from mulian.modules.households.queries.standing import standing

AT_ONCE = 300
ERASING = (RecordErased.name, ConsentWithdrawn.name)


@dataclass(frozen=True)
class Row:
    """One line: the household, the member where people are asked for, the places, item → value."""

    household: Household
    member: Member | None
    registered: str
    residing: str
    values: dict[str, Value]


def visible(actor: Actor) -> QuerySet[Export]:
    """One's own, and those of areas in which one may decide."""
    wanted = Q(by=actor.person)
    for posting in scope.granting(actor, Permission.ALLOW_EXPORT):
        low, high = prefix_range(posting.area)
        wanted |= Q(area__gte=low, area__lt=high)
    return Export.objects.filter(wanted).order_by("-created_at")


def export(id: UUID, actor: Actor) -> Export:
    """One of them. Raises `not_found`."""
    found = visible(actor).filter(id=id).first()
    if found is None:
        raise Problem("not_found")
    return found


def may_decide(row: Export, actor: Actor) -> bool:
    """A second person whose duty holds the area."""
    held = scope.granting(actor, Permission.ALLOW_EXPORT)
    return row.by != actor.person and any(row.area_id.startswith(p.area) for p in held)


def wanted(actor: Actor, area: str, at: datetime) -> list[UUID]:
    """The households that would leave: of the actor's own ledger, in the area, by number; restricted ones never."""
    rows = unrestricted(ledger(actor, at, area=area), at)
    return list(rows.order_by("number").values_list("id", flat=True))


def revisions(ids: Sequence[UUID]) -> dict[UUID, int]:
    """household → its revision now."""
    found = Household.unscoped.because("of households the caller has in scope").filter(id__in=list(ids))
    return dict(found.values_list("id", "rev"))


def taken_back(before: Mapping[UUID, int], at: datetime) -> bool:
    """Whether one of these families has restricted its record, or had something of it deleted since that revision."""
    if restricted(before, at).exists():
        return True
    changed = [id for id, rev in revisions(list(before)).items() if rev != before[id]]
    erased = Event.objects.filter(subject_kind=KIND, subject_id__in=changed, name__in=ERASING)
    return erased.exists()


def rows(
    ids: Sequence[UUID], items: Sequence[Item], people: bool, actor: Actor, at: datetime
) -> Iterator[list[Row]]:
    """The rows, some households at a time."""
    for start in range(0, len(ids), AT_ONCE):
        yield _rows(ids[start : start + AT_ONCE], items, people, actor, at)


def _rows(ids: Sequence[UUID], items: Sequence[Item], people: bool, actor: Actor, at: datetime) -> list[Row]:
    homes = with_insides(ledger(actor, at).filter(id__in=list(ids))).order_by("number")
    places, stands = whereabouts(ids, at), standing(ids, actor, at)
    facts = true_on(ids, at.astimezone(CN).date())
    found: list[Row] = []
    for home in homes:
        readable = {i.code: i for i in items if may_read(i, stands[home.id], cares=False)}
        known = {(one.subject, one.code): one.value for one in facts.get(home.id, ()) if one.code in readable}
        place = places[home.id]
        whom: Iterable[Member | None] = home.members.all() if people else [None]
        for member in whom:
            values = {
                code: known.get((member.id if member and item.of == Of.MEMBER else None, code))
                for code, item in readable.items()
            }
            found.append(Row(home, member, place.registered or "", place.residing or "", values))
    return found

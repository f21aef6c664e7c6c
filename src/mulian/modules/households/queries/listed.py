"""Families for a list that a department keeps for one purpose: by number, by one plain fact, by who serves them.

The caller checked the purpose and the area, and its own event is the record. Nobody leafs through families here. A
family that had the use of its record restricted is on no list, also not on one made before (PIPL 44).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from mulian.core.areas.codes import within
from mulian.kernel.actor import Actor, Role
from mulian.modules.households.models import Household, Item, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import liaisons_of, visible, whereabouts
from mulian.modules.households.queries.guarded import readable_items
from mulian.modules.households.queries.requests import restricted, unrestricted

WHY = "a department's service list, made for one purpose and an area of its own"


@dataclass(frozen=True)
class Named:
    """A family as its list names it: number, head's name and that of the member it is about, the area it lives in."""

    number: str
    name: str
    member: str
    area: str


def numbered(numbers: Iterable[str], area: str, at: datetime) -> dict[str, UUID]:
    """number → household, of those registered or living in the area."""
    rows = Household.unscoped.because(WHY).filter(number__in=list(numbers), closed_at__isnull=True)
    found = dict(unrestricted(rows, at).values_list("number", "id"))
    inside = _inside(found.values(), area, at)
    return {number: id for number, id in found.items() if id in inside}


def members_named(households: Iterable[UUID]) -> dict[tuple[UUID, str], UUID]:
    """(household, name in either script) → member."""
    rows = Member.unscoped.because(WHY).filter(household__in=list(households), gone_at__isnull=True)
    found: dict[tuple[UUID, str], UUID] = {}
    for row in rows:
        found |= {(row.household_id, name): row.id for name in (row.name, row.name_bo) if name}
    return found


def with_fact(code: str, area: str, at: datetime, *, yes: bool, most: int) -> list[tuple[UUID, UUID | None]]:
    """(household, member) of whom a yes/no item holds today, in the area; one more than `most` says there are more."""
    rows = Item.unscoped.because(WHY).filter(
        code=code, amount=int(yes), valid_to__isnull=True, household__closed_at__isnull=True
    )
    rows = readable_items(rows, at.date())
    pairs = list(rows.order_by("household__number", "id").values_list("household_id", "subject"))
    inside = _inside(usable((household for household, _ in pairs), at), area, at)
    subjects = {subject for _, subject in pairs if subject}
    here = Member.unscoped.because(WHY).filter(id__in=subjects, gone_at__isnull=True)
    held = set(here.values_list("id", flat=True))
    found = [
        pair for pair in dict.fromkeys(pairs) if pair[0] in inside and (pair[1] is None or pair[1] in held)
    ]
    return found[: most + 1]


def usable(ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Those of some families whose record may stand on a list."""
    wanted = set(ids)
    return wanted - set(restricted(wanted, at).values_list("household", flat=True))


def _inside(ids: Iterable[UUID], area: str, at: datetime) -> set[UUID]:
    wanted = list(ids)
    places = whereabouts(wanted, at)
    return {
        id
        for id in wanted
        if any(within(code, area) for code in (places[id].registered, places[id].residing) if code)
    }


def serving(households: Iterable[UUID], at: datetime) -> set[UUID]:
    """The liaisons of families: where they live, and where they camp."""
    places = whereabouts(list(dict.fromkeys(households)), at).values()
    codes = {code for place in places for code in (place.residing, place.camp_area) if code}
    return {liaison.person for liaison in liaisons_of(codes, at)}


def served_by(actor: Actor, ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Those of some families that the actor serves as a liaison."""
    liaison = replace(actor, postings=tuple(p for p in actor.postings if p.role == Role.LIAISON))
    rows = visible(liaison, at, permission=Permission.BROWSE, among=list(ids))
    return set(unrestricted(rows, at).values_list("id", flat=True))


def named(
    pairs: Iterable[tuple[UUID, UUID | None]], at: datetime, language: str
) -> dict[tuple[UUID, UUID | None], Named]:
    """The names of families on a list, for its department and their liaisons; restricted ones have none there."""
    wanted = list(dict.fromkeys(pairs))
    rows = unrestricted(Household.unscoped.because(WHY), at).in_bulk([household for household, _ in wanted])
    members = Member.unscoped.because(WHY).in_bulk([member for _, member in wanted if member])
    places = whereabouts(list(rows), at)

    def one(household: UUID, member: UUID | None) -> Named:
        row, place = rows[household], places[household]
        about = members[member].called(language) if member in members else ""
        return Named(row.number, row.called(language), about, place.residing or place.registered or "")

    return {pair: one(*pair) for pair in wanted if pair[0] in rows}

"""The door of the register for other modules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.households import queries
from mulian.modules.households.actions.answering import tell_answers
from mulian.modules.households.actions.authority import authorise
from mulian.modules.households.actions.counting import rebuild as rebuild_counts
from mulian.modules.households.actions.inspecting import require_premises, tell_premises
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.actions.searching import find_households
from mulian.modules.households.actions.telling import Fact
from mulian.modules.households.domain.catalogue import Item, Of
from mulian.modules.households.domain.premises import answers_of as premises_answers
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.domain.titles import SEASONS
from mulian.modules.households.models import Camp, Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, Brief, CampPlace, ServingLiaison, Whereabouts, listed
from mulian.modules.households.queries.answers import (
    Known,
    camps,
    known,
    ledger_with_insides,
    members,
    people_and_camps,
)
from mulian.modules.households.queries.capacity import Capacity, capacity_of
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.homes import near_a_home
from mulian.modules.households.queries.premises import Premises, premises, premises_of

__all__ = [
    "KIND",
    "SEASONS",
    "Brief",
    "Camp",
    "CampPlace",
    "Capacity",
    "Fact",
    "Household",
    "Item",
    "Known",
    "Of",
    "Premises",
    "ServingLiaison",
    "Way",
    "Whereabouts",
    "areas_at",
    "brief",
    "camps",
    "capacity_of",
    "find",
    "find_named",
    "grid_of",
    "holder",
    "items",
    "known",
    "ledger",
    "ledger_with_insides",
    "liaisons_at",
    "liaisons_serving",
    "listed",
    "may_see",
    "members",
    "names_of",
    "near_a_home",
    "note_reading",
    "numbered",
    "people_and_camps",
    "premises",
    "premises_answers",
    "premises_items",
    "premises_of",
    "rebuild_counts",
    "require_premises",
    "require_written",
    "tell_answers",
    "tell_premises",
    "where",
    "where_many",
]


def where(household: UUID, at: datetime) -> Whereabouts:
    """Where a household counted at a moment: registered, residing, camp, and which of them is the surest.

    Asked only inside a case, a service or an incident that needs it; the asker's own event is the record.
    """
    return queries.whereabouts([household], at)[household]


def areas_at(household: UUID, at: datetime) -> dict[str, str]:
    """registered, residing, camp → area code at a moment; only what holds. The cheap form of `where`."""
    return queries.areas_at(household, at)


def where_many(households: Iterable[UUID], at: datetime) -> dict[UUID, Whereabouts]:
    """The same for many, with three queries."""
    return queries.whereabouts(list(dict.fromkeys(households)), at)


def brief(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, Brief]:
    """id → number, name, phone, language, area; what the actor may not see is left out."""
    return queries.briefs(ids, actor, at)


def may_see(household: UUID, actor: Actor, at: datetime) -> bool:
    return scope.can(actor, Permission.VIEW, kind=queries.KIND, id=household, at=at)


def require_written(household: UUID, actor: Actor, at: datetime, written: datetime) -> None:
    """Raises `not_found` unless the actor may write about the household now, or could when it was written."""
    authorise(household=household, actor=actor, permission=Permission.VIEW, at=at, written=written)


def grid_of(household: UUID, at: datetime) -> str | None:
    """The liaison's grid area the household lived in at a moment."""
    return where(household, at).grid


def liaisons_at(household: UUID, at: datetime) -> list[ServingLiaison]:
    """The liaisons a household had at a moment: of where it lived, and of its camp."""
    place = where(household, at)
    return queries.liaisons_of([code for code in (place.residing, place.camp_area) if code], at)


def liaisons_serving(area: str, at: datetime) -> list[ServingLiaison]:
    """The liaisons of one grid area."""
    return queries.liaisons_of([area], at)


def ledger(actor: Actor, at: datetime, *, area: str = "") -> dict[UUID, datetime]:
    """household → since when registered, of the actor's own ledger or one area of it (two figures, no names)."""
    rows = queries.ledger(actor, at, area=area).order_by("number")
    return dict(rows.values_list("id", "created_at"))


def find(text: str, actor: Actor, at: datetime, limit: int = 10) -> list[Brief]:
    """Households of the actor's own ledger by words of number or name, or by the number they call from."""
    rows = list(queries.ledger(actor, at, text=text).order_by("number")[:limit]) if text.strip() else []
    rows = rows or list(queries.calling_from(text, actor, at)[:limit])
    found = queries.briefs([row.id for row in rows], actor, at)
    return [found[row.id] for row in rows if row.id in found]


def names_of(household: UUID) -> list[str]:
    """Every name of a family in both scripts: for code that keeps them out of something, never to be shown."""
    home = Household.unscoped.because("its names are kept out of a text, not read").filter(id=household)
    members = Member.unscoped.because("its names are kept out of a text, not read").filter(
        household=household
    )
    rows = [*home.values_list("name", "name_bo"), *members.values_list("name", "name_bo")]
    return [name for names in rows for name in names if name]


def find_named(
    actor: Actor,
    at: datetime,
    *,
    reason: str,
    number: str = "",
    name: str = "",
    phone: str = "",
    village: str = "",
) -> list[Brief]:
    """At most ten households anywhere in the actor's places, by two identifiers and a reason (G8).

    The search is kept. Raises `households.two_identifiers`, `forbidden`.
    """
    rows = find_households(
        actor=actor, at=at, reason=reason, number=number, name=name, phone=phone, village=village
    )
    found = queries.briefs([row.id for row in rows], actor, at)
    return [found[row.id] for row in rows if row.id in found]


def items() -> Mapping[str, Item]:
    """Everything the county's register holds of a household, by code."""
    return catalogue().items


def premises_items() -> Mapping[str, str]:
    """What a form may tell of an institution, by code: the type of its answer."""
    return premises_answers(catalogue().checks)


def holder(kind: Of, id: UUID) -> UUID | None:
    """The household that a member or camp belongs to; the caller asks whether the actor may know it."""
    if kind is Of.HOUSEHOLD:
        return id
    model = Member if kind is Of.MEMBER else Camp
    rows = model.unscoped.because("its household is authorised by the caller").filter(id=id)
    return rows.values_list("household", flat=True).first()


def numbered(number: str, actor: Actor, at: datetime) -> UUID | None:
    """The household of this number, if the actor may see it."""
    rows = queries.visible(actor, at).filter(number=number) if number else []
    return next((row.id for row in rows), None)

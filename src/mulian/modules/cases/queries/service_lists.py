"""Service lists as their department and the liaisons read them. Nobody else does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mulian.core.access import scope
from mulian.core.areas.codes import Level, at_level
from mulian.core.areas.queries import place_names
from mulian.core.packs import current, said
from mulian.kernel.actor import Actor
from mulian.kernel.problems import register
from mulian.modules.cases.domain.purposes import Mark, Purpose, counted
from mulian.modules.cases.domain.services import Names
from mulian.modules.cases.models import ListedFamily, ServiceList
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules
from mulian.modules.households import public as households

SHOWN = 50
LIST_OVER = register(
    "cases.list_over",
    410,
    "The time of this list is over; its families are not kept.",
    "Begin a new one if it is needed.",
)


@dataclass(frozen=True, kw_only=True)
class FamilyView:
    """One family of a list."""

    id: UUID
    number: str
    name: str
    member: str
    area: str
    place: str
    mark: Mark
    why: str
    marked_at: datetime | None
    marked_by: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many families of a village stand where."""

    place: str
    counts: dict[Mark, int]

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.counts[Mark.DONE]


@dataclass(frozen=True, kw_only=True)
class ListView:
    """A list in words. `over`: it cannot be read any more; `families` is empty then."""

    id: UUID
    title: str
    text: str
    unit: str
    place: str
    fact: str
    until: datetime
    made_at: datetime
    over: bool
    counts: dict[Mark, int]
    families: list[FamilyView]
    villages: list[Progress]

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.counts[Mark.DONE]


def owned(actor: Actor) -> QuerySet[ServiceList]:
    """Lists of the actor's own department."""
    rows = ServiceList.unscoped.because("narrowed to the department by the scope")
    return rows.filter(scope.inside(actor, Permission.LISTS, area="area", unit="unit"))


def lists(actor: Actor, at: datetime, language: str) -> list[ListView]:
    """The department's lists, newest first: figures only, no family."""
    rows = list(owned(actor).select_related("unit", "area").order_by("-made_at", "-id")[:SHOWN])
    held = ListedFamily.unscoped.because("counted by mark").filter(list__in=rows, list__until__gt=at)
    marks: dict[UUID, list[str]] = {}
    for id, mark in held.values_list("list", "mark"):
        marks.setdefault(id, []).append(mark)
    return [_view(row, at, language, _counts(row, marks.get(row.id, []), at)) for row in rows]


def view(row: ServiceList, at: datetime, language: str) -> ListView:
    """One list with its families, by village and number; for `read_list`, which keeps that it was read."""
    rows = ListedFamily.unscoped.because("the caller's department owns it").filter(list=row)
    held = list(rows.select_related("marked_by"))
    names = households.listed.named([(each.household, each.member) for each in held], at, language)
    places = place_names({one.area for one in names.values() if one.area}, language)
    families = [
        _family(each, names[each.household, each.member], places)
        for each in held
        if (each.household, each.member) in names
    ]
    families.sort(key=lambda each: (each.area, each.number, each.member))
    counts = _counts(row, [each.mark for each in held], at)
    return _view(row, at, language, counts, families, _villages(families, language))


def _view(
    row: ServiceList,
    at: datetime,
    language: str,
    counts: dict[Mark, int],
    families: Iterable[FamilyView] = (),
    villages: Iterable[Progress] = (),
) -> ListView:
    return ListView(
        id=row.id,
        title=title(row.purpose, language),
        text=row.text,
        unit=row.unit.name(language),
        place=row.area.name(language),
        fact=fact_name(row.fact, language) if row.fact else "",
        until=row.until,
        made_at=row.made_at,
        over=row.swept_at is not None or row.until <= at,
        counts=counts,
        families=list(families),
        villages=list(villages),
    )


def _counts(row: ServiceList, marks: Iterable[str], at: datetime) -> dict[Mark, int]:
    """Of a swept list what is kept of it."""
    if row.swept_at is not None:
        return {mark: int(row.totals.get(mark, 0)) for mark in Mark}
    return counted(marks)


def _family(row: ListedFamily, named: households.listed.Named, places: dict[str, str]) -> FamilyView:
    return FamilyView(
        id=row.id,
        number=named.number,
        name=named.name,
        member=named.member,
        area=named.area,
        place=places.get(named.area, ""),
        mark=Mark(row.mark),
        why=row.why,
        marked_at=row.marked_at,
        marked_by=row.marked_by.name if row.marked_by else "",
    )


def _villages(families: list[FamilyView], language: str) -> list[Progress]:
    """In the order of the places' codes, never by who is best."""
    held: dict[str, Counter[str]] = {}
    for each in families:
        held.setdefault(at_level(each.area, Level.VILLAGE) or each.area, Counter())[each.mark] += 1
    names = place_names(held, language)
    return [
        Progress(place=names[code], counts={mark: held[code][mark] for mark in Mark}) for code in sorted(held)
    ]


def names_of(purpose: str) -> Names:
    """The purpose in every language; its code once the pack has it no more."""
    found = rules().purposes.get(purpose)
    return found.name if found else {"zh": purpose, "bo": purpose, "en": purpose}


def title(purpose: str, language: str) -> str:
    """The purpose in words."""
    return said(names_of(purpose), language)


def fact_name(code: str, language: str) -> str:
    """A fact of the register in words."""
    found = next((row for row in current().rows("register", "item") if row["code"] == code), None)
    return said(found["name"], language) if found else code


def purposes_of(units: Iterable[str]) -> list[Purpose]:
    """What these departments may keep lists for."""
    mine = set(units)
    return [each for each in rules().purposes.values() if mine & set(each.departments)]


def of_liaison(
    actor: Actor, at: datetime, among: Iterable[UUID] | None = None
) -> dict[UUID, list[ListedFamily]]:
    """list → the actor's own families on it, of lists whose time is not over."""
    if not scope.permitted(actor, Permission.LISTED):
        return {}
    rows = ListedFamily.unscoped.because("narrowed to the liaison's families").filter(
        list__until__gt=at, list__swept_at__isnull=True
    )
    if among is not None:
        rows = rows.filter(list__in=list(among))
    held = list(rows.select_related("list", "list__unit").order_by("list", "household", "member"))
    mine = households.listed.served_by(actor, {row.household for row in held}, at) if held else set()
    found: dict[UUID, list[ListedFamily]] = {}
    for row in held:
        if row.household in mine:
            found.setdefault(row.list_id, []).append(row)
    return found

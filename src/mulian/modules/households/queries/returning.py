"""Figures of areas for a superior's table, each with what is unknown and stale behind it; the forms of one's area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from mulian.core.access import scope
from mulian.core.access.models import Placement
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.catalogue import Of, Type
from mulian.modules.households.domain.returning import Figure, Mark
from mulian.modules.households.domain.values import HUNDRED
from mulian.modules.households.models import Household, Item, Member, Return, ReturnForm
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.requests import restricted

WHY = "counted for a superior's table; no person leaves"


@dataclass(frozen=True)
class Difference:
    """What stood in a cell of the copy sent before, and by how much it is more (or less) now."""

    before: int | float
    change: int | float


def visible(actor: Actor) -> QuerySet[ReturnForm]:
    """The forms of one's own areas."""
    wanted = Q() if actor is SYSTEM else Q(pk__in=[])
    for posting in scope.granting(actor, Permission.RETURN):
        low, high = prefix_range(posting.area)
        wanted |= Q(area__gte=low, area__lt=high)
    return ReturnForm.objects.filter(wanted, closed_at__isnull=True).order_by("name", "id")


def form(id: UUID, actor: Actor) -> ReturnForm:
    """One of them. Raises `not_found`."""
    found = visible(actor).filter(id=id).first()
    if found is None:
        raise Problem("not_found")
    return found


def marks(row: ReturnForm) -> list[Mark]:
    """In the order of the table."""
    return [Mark(**mark) for mark in row.marks]


def sent_before(made: Return) -> Return | None:
    """The copy of the same form that went up last before this one was filled."""
    rows = Return.objects.filter(form=made.form_id, sent_at__isnull=False, made_at__lt=made.made_at)
    return rows.defer("file").order_by("-made_at").first()


def differences(made: Return, before: Return | None) -> dict[tuple[int, str], Difference]:
    """(sheet, cell) → what stood there before; only where it held the same figure of the same place."""
    held = {_place(one): one["value"] for one in (before.figures if before else ())}
    return {
        (one["sheet"], one["cell"]): Difference(held[_place(one)], round(one["value"] - held[_place(one)], 2))
        for one in made.figures
        if _place(one) in held
    }


def _place(figure: dict[str, Any]) -> tuple[int, str, str, str]:
    return figure["sheet"], figure["cell"], figure["figure"], figure["area"]


def counted(mark: Mark, at: datetime) -> Figure:
    """One cell: what is told today of the families that live in its area.

    Restricted families count as families and people; what they told is not used and shows as not known.
    """
    homes = _living(mark.area, at)
    kind, _, code = mark.figure.partition(":")
    if kind == "households":
        return Figure(mark, homes.count(), homes.count())
    if kind == "people":
        return _people(mark, homes, code, at)
    return _items(mark, homes, kind, code, at)


def _living(area: str, at: datetime) -> QuerySet[Household]:
    low, high = prefix_range(area)
    here = Placement.objects.filter(
        subject_kind=KIND, counts_as=MoveKind.RESIDING, area__gte=low, area__lt=high, valid_from__lte=at
    ).exclude(valid_to__lte=at)
    rows = Household.unscoped.because(WHY).filter(closed_at__isnull=True)
    return rows.filter(id__in=here.values("subject_id"))


def _people(mark: Mark, homes: QuerySet[Household], ages: str, at: datetime) -> Figure:
    people = Member.unscoped.because(WHY).filter(household__in=homes.values("id"), gone_at__isnull=True)
    whole = people.count()
    if not ages:
        return Figure(mark, whole, whole)
    low, high = (int(age) for age in ages.split("-"))
    year = at.astimezone(CN).year
    inside = people.filter(birth_year__lte=year - low, birth_year__gte=year - high).count()
    return Figure(mark, inside, whole, people.filter(birth_year__isnull=True).count())


def _items(mark: Mark, homes: QuerySet[Household], kind: str, code: str, at: datetime) -> Figure:
    day = at.astimezone(CN).date()
    code, _, choice = code.partition("=")
    item = catalogue().items[code]
    rows = Item.unscoped.because(WHY).filter(household__in=homes.values("id"), code=code, valid_from__lte=day)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    rows = rows.exclude(household__in=restricted(None, at).values("household"))
    members = Member.unscoped.because(WHY).filter(household__in=homes.values("id"), gone_at__isnull=True)
    if item.of == Of.MEMBER:
        rows = rows.filter(subject__in=members.values("id"))
    rows = rows.exclude(amount__isnull=True, word="")
    told: dict[str, Any] = rows.aggregate(
        known=Count("id"),
        stale=Count("id", filter=Q(as_of__lte=item.fresh_since(day))),
        sum=Sum("amount"),
        yes=Count("id", filter=Q(amount=1)),
        chosen=Count("id", filter=Q(word=choice)),
    )
    of = members.count() if item.of == Of.MEMBER else homes.count()
    value: int | float = {"sum": told["sum"] or 0, "yes": told["yes"], "is": told["chosen"]}[kind]
    if kind == "sum" and item.type == Type.NUMBER:
        value = value / HUNDRED
    return Figure(mark, value, of, max(0, of - told["known"]), told["stale"])

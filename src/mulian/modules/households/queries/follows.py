"""What follows when a household splits or goes into another: shown before anybody decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core import registry
from mulian.kernel.actor import Actor
from mulian.modules.households.models import Camp, Document, Item, Member, Need
from mulian.modules.households.queries import KIND, ServingLiaison, Whereabouts, liaisons_of, whereabouts

WHY = "counted before a household that was authorised splits or merges"


@dataclass(frozen=True)
class Follows:
    """`before` and `after`: where they count and who serves them. `goes`, `stays`: facts, needs, papers, camps.

    `open`: what is under way about the household in other modules, as (words, how many).
    """

    before: Whereabouts
    after: Whereabouts
    liaisons_before: list[ServingLiaison]
    liaisons_after: list[ServingLiaison]
    goes: dict[str, int]
    stays: dict[str, int]
    open: list[tuple[str, int]]


def follows(
    household: UUID, members: Iterable[UUID], after: Whereabouts, actor: Actor, at: datetime
) -> Follows:
    """What goes along with these members and what stays with the household they leave."""
    people = list(members)
    before = whereabouts([household], at)[household]
    items = Item.unscoped.because(WHY).filter(household=household, valid_to__isnull=True)
    needs = Need.unscoped.because(WHY).filter(household=household, until__isnull=True)
    papers = Document.unscoped.because(WHY).filter(household=household, replaced_at__isnull=True)
    camps = Camp.unscoped.because(WHY).filter(household=household, closed_at__isnull=True)
    theirs, whole = Q(subject__in=people), Q(member__in=people)
    return Follows(
        before=before,
        after=after,
        liaisons_before=_serving(before, at),
        liaisons_after=_serving(after, at),
        goes={"items": _count(items, theirs), "needs": _count(needs, whole), "papers": _count(papers, whole)},
        stays={
            "items": items.count() - _count(items, theirs),
            "needs": needs.count() - _count(needs, whole),
            "papers": papers.count() - _count(papers, whole),
            "camps": camps.count(),
        },
        open=under_way(household, actor, at),
    )


def under_way(household: UUID, actor: Actor, at: datetime) -> list[tuple[str, int]]:
    """Open cases, tasks and the like about the household, as far as the actor may see them."""
    return [pair for pair in registry.hanging(KIND, household, actor, at) if pair[1]]


def same_people(household: UUID, into: UUID) -> set[UUID]:
    """Members who seem to stand in both: the same name in either script, and no other year of birth."""
    rows = Member.unscoped.because(WHY).filter(household__in=[household, into], gone_at__isnull=True)
    there = [row for row in rows if row.household_id == into]
    return {
        row.id for row in rows if row.household_id == household and any(_alike(row, other) for other in there)
    }


def _alike(one: Member, other: Member) -> bool:
    names = {name for name in (one.name, one.name_bo) if name} & {other.name, other.name_bo}
    years = {one.birth_year, other.birth_year} - {None}
    return bool(names) and len(years) < 2


def _serving(place: Whereabouts, at: datetime) -> list[ServingLiaison]:
    return liaisons_of([code for code in (place.residing, place.camp_area) if code], at)


def _count(rows: QuerySet[Item] | QuerySet[Need] | QuerySet[Document], which: Q) -> int:
    return rows.filter(which).count()

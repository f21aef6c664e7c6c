"""Writes what was told of members and households, and makes today's rows equal to it. No rights are checked here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Max, Q

from mulian.core.search import index as search
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.happening import EARLIEST
from mulian.modules.households.domain.history import at_moment
from mulian.modules.households.domain.lives import BEGINNING, OPENS, Life, Why, from_day, served
from mulian.modules.households.models import Belonging, Document, Household, Item, LifeEvent, Member, Need
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries.lives import histories

WHY = "what was told of a household that was authorised"
GOES_ALONG = ["documents", "items", "members", "needs"]
"""Fields of a household that change when people with their facts, needs and papers come or go."""


def tell_life(
    row: Household,
    kind: Life,
    *,
    on: date | None,
    actor: Actor,
    at: datetime,
    why: Why = Why.NONE,
    other: Household | None = None,
    id: UUID | None = None,
) -> LifeEvent:
    """Writes what happened, with effect from the first moment of the day (default: today)."""
    return LifeEvent.unscoped.create(
        id=id or uuid7(),
        household=row,
        other=other,
        kind=kind,
        why=why,
        at=effective(on, at),
        recorded_at=at,
        by=actor.person,
    )


def effective(on: date | None, at: datetime) -> datetime:
    """The moment from which a day's news hold; raises `households.in_future` for a day to come, `…long_ago`."""
    today = at.astimezone(CN).date()
    if on is not None and on > today:
        raise Problem("households.in_future")
    if on is not None and on < EARLIEST:
        raise Problem("households.long_ago")
    return from_day(on or today)


def seat(member: Member, event: LifeEvent, into: Household | None, position: int, relation: str) -> None:
    """Says where a member belongs from the event on; where they belonged before anything was told is kept first."""
    rows = Belonging.unscoped.because(WHY).filter(member=member)
    if not rows.exists() and event.household_id == member.household_id and not _came(event):
        _keep_first(member)
    Belonging.unscoped.create(
        event=event, member=member, household=into, position=position, relation=relation, at=event.at
    )


def _came(event: LifeEvent) -> bool:
    return event.kind == Life.CAME


def _keep_first(member: Member) -> None:
    Belonging.unscoped.create(
        member=member,
        household_id=member.household_id,
        position=member.position,
        relation=member.relation,
        at=BEGINNING,
    )
    if member.gone_at is not None:
        Belonging.unscoped.create(member=member, household=None, at=member.gone_at)


def settle_member(member: Member, at: datetime) -> None:
    """Makes the member's row what was told of them amounts to at `at`; what is known of them goes with them."""
    history = histories([member])[member.id]
    now = at_moment(history, at)
    last = now or (history[-1] if history else None)
    member.gone_at = None if now else (last.end if last else at)
    if last is not None:
        _bring_along(member, last.place.household)
        member.household_id = last.place.household
        member.position, member.relation = last.place.position, last.place.relation
    member.save()


def _bring_along(member: Member, household: UUID) -> None:
    """Facts, needs and papers of a person stand with the household the person belongs to."""
    if member.household_id == household:
        return
    before = member.household_id
    Item.unscoped.because(WHY).filter(household=before, subject=member.id).update(household=household)
    Need.unscoped.because(WHY).filter(household=before, member=member.id).update(household=household)
    Document.unscoped.because(WHY).filter(household=before, member=member.id).update(household=household)


def settle_household(row: Household, at: datetime) -> None:
    """Opens or closes the row by what was told of it; it is saved by the caller, who announces it."""
    told = LifeEvent.unscoped.because(WHY).filter(
        Q(household=row, kind__in=[k for k in OPENS if k != Life.SPLIT]) | Q(other=row, kind=Life.SPLIT)
    )
    founded = told.filter(kind=Life.SPLIT).exists()
    valid = told.filter(taken_back_at__isnull=True).values_list("at", "kind")
    history = served([(since, Life(kind)) for since, kind in valid], founded)
    now = at_moment(history, at)
    row.closed_at = None if now else (history[-1].end if history else at)
    if row.closed_at:
        search.remove(kind=KIND, ids=[row.id])


def present(row: Household) -> list[Member]:
    """Those who belong to it now, in their order."""
    rows = Member.unscoped.because(WHY).filter(household=row, gone_at__isnull=True)
    return list(rows.order_by("position", "id"))


def next_position(row: Household) -> int:
    """The first place nobody ever had in it."""
    now = Member.unscoped.because(WHY).filter(household=row).aggregate(last=Max("position"))["last"]
    ever = Belonging.unscoped.because(WHY).filter(household=row).aggregate(last=Max("position"))["last"]
    return max(now or 0, ever or 0) + 1


def settle_members(members: Iterable[UUID], at: datetime) -> None:
    for member in Member.unscoped.because(WHY).filter(id__in=list(members)).order_by("id"):
        settle_member(member, at)


def next_rev(row: Household) -> None:
    """A new revision of a row that is off the lists."""
    row.rev += 1
    Household.unscoped.because(WHY).filter(id=row.id).update(rev=F("rev") + 1, closed_at=row.closed_at)

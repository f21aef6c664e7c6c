"""What was told by mistake is taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change, day_named, tell_readers
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.belonging import (
    GOES_ALONG,
    WHY,
    next_rev,
    settle_household,
    settle_members,
)
from mulian.modules.households.actions.changing import index_household
from mulian.modules.households.actions.heading import called_by_head
from mulian.modules.households.domain.lives import Life
from mulian.modules.households.events import (
    HouseholdClosed,
    HouseholdReopened,
    LifeTakenBack,
)
from mulian.modules.households.models import Belonging, Household, LifeEvent
from mulian.modules.households.permissions import Permission

register("households.taken_back", 409, "This was taken back already.", "Look at the household's history.")
register(
    "households.lived_on",
    409,
    "Other things have been told of the new household since.",
    "Let the new household go into the old one instead.",
)


@transaction.atomic
def take_back(*, event: UUID, actor: Actor, at: datetime) -> None:
    """What was told was a mistake: everything is as if it had never been told; the telling stays as history.

    Raises `not_found`, `households.taken_back`, `households.lived_on` (a split whose new household lived on).
    """
    told = LifeEvent.unscoped.because("its household is authorised next").filter(id=event).first()
    if told is None:
        raise Problem("not_found")
    kind = Life(told.kind)
    needed = Permission.CHANGE if kind in (Life.CAME, Life.WENT) else Permission.REGISTER
    authorise(household=told.household_id, actor=actor, permission=needed, at=at)
    row = locked(told.household_id, closed_too=True)
    if told.taken_back_at is not None:
        raise Problem("households.taken_back")
    if kind == Life.SPLIT and _lived_on(told):
        raise Problem("households.lived_on")
    told.taken_back_at, told.taken_back_by = at, actor.person
    told.save()
    settle_members(told.belongings.values_list("member", flat=True).distinct(), at)
    _settle_both(row, told, actor, at)


def _settle_both(row: Household, told: LifeEvent, actor: Actor, at: datetime) -> None:
    """The household itself, and the other one of a split or a merger."""
    closed = row.closed_at
    back = LifeTakenBack(subject_id=row.id, kind=told.kind)
    settle_household(row, at)
    if row.closed_at is not None:
        next_rev(row)
        tell_readers(row, back, actor, at)
        if closed is None:
            tell_readers(row, HouseholdClosed(subject_id=row.id, reason=""), actor, at)
    else:
        announce_change(row, [*GOES_ALONG, *called_by_head(row, told)], actor=actor, at=at, event=back)
        if closed is not None:
            tell_readers(row, HouseholdReopened(subject_id=row.id, since=day_named(told.at)), actor, at)
        index_household(row, at)
    if told.other_id is not None:
        _settle_other(locked(told.other_id, closed_too=True), actor, at)


def _settle_other(other: Household, actor: Actor, at: datetime) -> None:
    settle_household(other, at)
    if other.closed_at is None:
        announce_change(other, GOES_ALONG, actor=actor, at=at)
        index_household(other, at)
    else:
        next_rev(other)
        tell_readers(other, HouseholdClosed(subject_id=other.id, reason=""), actor, at)


def _lived_on(told: LifeEvent) -> bool:
    """Whether the new household has a life of its own: anything told of it, or of somebody in it, since."""
    lives = LifeEvent.unscoped.because(WHY).filter(household=told.other_id, taken_back_at__isnull=True)
    others = Belonging.unscoped.because(WHY).filter(household=told.other_id).exclude(event=told)
    return lives.exists() or others.filter(event__taken_back_at__isnull=True).exists()

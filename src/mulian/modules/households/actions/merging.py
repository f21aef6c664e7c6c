"""A household goes into another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change, day_named, tell_readers
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.belonging import (
    GOES_ALONG,
    next_position,
    next_rev,
    present,
    seat,
    settle_household,
    settle_members,
    tell_life,
)
from mulian.modules.households.actions.changing import index_household
from mulian.modules.households.domain.lives import Life
from mulian.modules.households.domain.members import MAX_MEMBERS, Relation
from mulian.modules.households.events import (
    HouseholdClosed,
    HouseholdMerged,
)
from mulian.modules.households.permissions import Permission

register(
    "households.merge_itself", 422, "A household cannot go into itself.", "Choose the household it goes into."
)


@transaction.atomic
def merge_household(
    *,
    household: UUID,
    into: UUID,
    actor: Actor,
    at: datetime,
    same: Collection[UUID] = (),
    on: date | None = None,
) -> UUID:
    """A household goes into another since a day; returns what was told, by which it can be taken back.

    `same`: members who stand in the other one already and do not come a second time. The number, places, camps and
    herds of the one that went in stay with it, closed.
    """
    for each in (household, into):
        authorise(household=each, actor=actor, permission=Permission.REGISTER, at=at)
    if household == into:
        raise Problem("households.merge_itself")
    first, second = (locked(each) for each in sorted((household, into)))
    row, target = (first, second) if first.id == household else (second, first)
    coming = [one for one in present(row) if one.id not in set(same)]
    if len(coming) + len(present(target)) > MAX_MEMBERS:
        raise Problem("households.too_many_members")
    event = tell_life(row, Life.MERGED, on=on, other=target, actor=actor, at=at)
    place = next_position(target)
    for turn, one in enumerate(present(row)):
        stays_out = one.id in set(same)
        seat(one, event, None if stays_out else target, place + turn, "" if stays_out else Relation.OTHER)
    settle_members([one.id for one in present(row)], at)
    settle_household(row, at)
    next_rev(row)
    tell_readers(
        row, HouseholdMerged(subject_id=row.id, into=str(into), since=day_named(event.at)), actor, at
    )
    tell_readers(row, HouseholdClosed(subject_id=row.id, reason=target.number), actor, at)
    announce_change(target, GOES_ALONG, actor=actor, at=at)
    index_household(target, at)
    return event.id

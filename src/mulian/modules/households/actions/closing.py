"""A household is served no longer, or again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import day_named, tell_readers
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.belonging import (
    next_rev,
    settle_household,
    tell_life,
)
from mulian.modules.households.actions.changing import index_household
from mulian.modules.households.actions.placements import places_now, reader_feeds, village_codes
from mulian.modules.households.domain.lives import Life
from mulian.modules.households.events import (
    HouseholdClosed,
    HouseholdReopened,
)
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission

register("households.not_closed", 409, "This household is open.", "Look at its page.")


@transaction.atomic
def close_household(
    *, household: UUID, reason: str, actor: Actor, at: datetime, on: date | None = None
) -> None:
    """Takes a household off the lists and the phones since a day; its history stays."""
    authorise(household=household, actor=actor, permission=Permission.REGISTER, at=at)
    row = locked(household)
    tell_life(row, Life.CLOSED, on=on, actor=actor, at=at)
    settle_household(row, at)
    next_rev(row)
    places = places_now(household, at).values()
    append(
        HouseholdClosed(subject_id=row.id, reason=reason),
        actor=actor,
        at=at,
        areas=village_codes(places),
        feeds=reader_feeds(places),
    )


@transaction.atomic
def reopen_household(*, household: UUID, actor: Actor, at: datetime, on: date | None = None) -> None:
    """A closed household is served again since a day, where it counted before. Raises `households.not_closed`."""
    authorise(household=household, actor=actor, permission=Permission.REGISTER, at=at)
    row = locked(household, closed_too=True)
    if row.closed_at is None:
        raise Problem("households.not_closed")
    event = tell_life(row, Life.REOPENED, on=on, actor=actor, at=at)
    _served_again(row, event.at, actor, at)


def _served_again(row: Household, since: datetime, actor: Actor, at: datetime) -> None:
    settle_household(row, at)
    row.rev += 1
    row.save()
    tell_readers(row, HouseholdReopened(subject_id=row.id, since=day_named(since)), actor, at)
    index_household(row, at)

"""Households that split, go into another, are opened again; and what was told by mistake is taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.event import Event
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.belonging import (
    GOES_ALONG,
    WHY,
    next_position,
    next_rev,
    present,
    seat,
    settle_household,
    settle_members,
    tell_life,
)
from mulian.modules.households.actions.changing import index_household
from mulian.modules.households.actions.heading import called_by_head, succeed
from mulian.modules.households.actions.moving import known_area
from mulian.modules.households.actions.placements import places_now, reader_feeds, village_codes
from mulian.modules.households.actions.registering import Registered, first_places, next_number
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.lives import Life
from mulian.modules.households.domain.members import MAX_MEMBERS, Relation
from mulian.modules.households.events import (
    HouseholdClosed,
    HouseholdMerged,
    HouseholdRegistered,
    HouseholdReopened,
    HouseholdSplit,
    LifeTakenBack,
)
from mulian.modules.households.models import Belonging, Household, LifeEvent, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.capacity import capacity_of

register(
    "households.split_members", 422, "Choose who leaves, and leave somebody behind.", "Choose the members."
)
register(
    "households.merge_itself", 422, "A household cannot go into itself.", "Choose the household it goes into."
)
register("households.not_closed", 409, "This household is open.", "Look at its page.")
register("households.taken_back", 409, "This was taken back already.", "Look at the household's history.")
register(
    "households.lived_on",
    409,
    "Other things have been told of the new household since.",
    "Let the new household go into the old one instead.",
)


@transaction.atomic
def split_household(
    *,
    household: UUID,
    members: Sequence[UUID],
    head: UUID,
    actor: Actor,
    at: datetime,
    residing: str | None = None,
    on: date | None = None,
    id: UUID | None = None,
) -> Registered:
    """Some members are a household of their own since a day, registered where the old one is, with a number of its own.

    Their facts, needs and papers go with them; camps, herds and all else of the household stay and are told anew.
    """
    authorise(household=household, actor=actor, permission=Permission.REGISTER, at=at)
    row = locked(household)
    leaving = [one for one in present(row) if one.id in set(members)]
    chief = next((one for one in leaving if one.id == head), None)
    if chief is None or len(leaving) != len(set(members)) or len(leaving) == len(present(row)):
        raise Problem("households.split_members")
    places = places_now(household, at)
    village = places[MoveKind.REGISTERED]
    home = known_area(residing) if residing else places.get(MoveKind.RESIDING) or village
    new = _found(row, chief, village, at, id or uuid7())
    event = tell_life(row, Life.SPLIT, on=on, other=new, actor=actor, at=at)
    first_places(new, village, home, event.at, at, actor)
    for turn, one in enumerate([chief, *(m for m in leaving if m != chief)], 1):
        seat(one, event, new, turn, Relation.HEAD if one == chief else Relation.OTHER)
    settle_members([one.id for one in leaving], at)
    renamed = succeed(row, event, at)
    registered = HouseholdRegistered(subject_id=new.id, number=new.number)
    _tell_readers(new, registered, actor, at)
    index_household(new, at)
    told = HouseholdSplit(subject_id=row.id, into=str(new.id), since=_day(event.at))
    announce_change(row, [*GOES_ALONG, *renamed], actor=actor, at=at, event=told)
    index_household(row, at)
    return Registered(new.id, new.number, tuple(c for c in [capacity_of(home, at)] if c and c.warns))


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
    _tell_readers(row, HouseholdMerged(subject_id=row.id, into=str(into), since=_day(event.at)), actor, at)
    _tell_readers(row, HouseholdClosed(subject_id=row.id, reason=target.number), actor, at)
    announce_change(target, GOES_ALONG, actor=actor, at=at)
    index_household(target, at)
    return event.id


@transaction.atomic
def reopen_household(*, household: UUID, actor: Actor, at: datetime, on: date | None = None) -> None:
    """A closed household is served again since a day, where it counted before. Raises `households.not_closed`."""
    authorise(household=household, actor=actor, permission=Permission.REGISTER, at=at)
    row = locked(household, closed_too=True)
    if row.closed_at is None:
        raise Problem("households.not_closed")
    event = tell_life(row, Life.REOPENED, on=on, actor=actor, at=at)
    _served_again(row, event.at, actor, at)


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
        _tell_readers(row, back, actor, at)
        if closed is None:
            _tell_readers(row, HouseholdClosed(subject_id=row.id, reason=""), actor, at)
    else:
        announce_change(row, [*GOES_ALONG, *called_by_head(row, told)], actor=actor, at=at, event=back)
        if closed is not None:
            _tell_readers(row, HouseholdReopened(subject_id=row.id, since=_day(told.at)), actor, at)
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
        _tell_readers(other, HouseholdClosed(subject_id=other.id, reason=""), actor, at)


def _served_again(row: Household, since: datetime, actor: Actor, at: datetime) -> None:
    settle_household(row, at)
    row.rev += 1
    row.save()
    _tell_readers(row, HouseholdReopened(subject_id=row.id, since=_day(since)), actor, at)
    index_household(row, at)


def _found(row: Household, chief: Member, village: str, at: datetime, id: UUID) -> Household:
    new = Household(
        id=id,
        number=next_number(village),
        name=chief.name,
        name_bo=chief.name_bo,
        phone=chief.phone,
        language=row.language,
        created_at=at,
    )
    new.save(force_insert=True)
    return new


def _lived_on(told: LifeEvent) -> bool:
    """Whether the new household has a life of its own: anything told of it, or of somebody in it, since."""
    lives = LifeEvent.unscoped.because(WHY).filter(household=told.other_id, taken_back_at__isnull=True)
    others = Belonging.unscoped.because(WHY).filter(household=told.other_id).exclude(event=told)
    return lives.exists() or others.filter(event__taken_back_at__isnull=True).exists()


def _tell_readers(row: Household, event: Event, actor: Actor, at: datetime) -> None:
    """One event to the villages and the phones of where the household counts; phones take it whole or let it go."""
    places = places_now(row.id, at).values()
    append(event, actor=actor, at=at, areas=village_codes(places), feeds=reader_feeds(places))


def _day(moment: datetime) -> str:
    return moment.astimezone(CN).date().isoformat()

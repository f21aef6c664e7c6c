"""Somebody came, somebody left: told with the day, late or in any order; what was told is never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change, day_named
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.belonging import (
    GOES_ALONG,
    WHY,
    present,
    seat,
    settle_member,
    tell_life,
)
from mulian.modules.households.actions.changing import add_members, index_household
from mulian.modules.households.actions.heading import succeed
from mulian.modules.households.domain.happening import cannot_come, cannot_go
from mulian.modules.households.domain.lives import CAME, WENT, Life, Why
from mulian.modules.households.domain.members import MemberChange, Relation
from mulian.modules.households.events import MemberCame, MemberWent
from mulian.modules.households.models import Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.lives import histories, known

register("households.why", 422, "This is no reason to come or to leave.", "Choose one of the reasons.")
register(
    "households.before_birth",
    422,
    "The day and the year of birth do not go together.",
    "Correct the day or the year of birth.",
)
register(
    "households.before_came",
    422,
    "On this day the person did not belong to the household yet.",
    "Correct the day.",
)
register(
    "households.came_already",
    422,
    "Somebody of this name belongs to the household already.",
    "If it is another person, write what tells the two apart.",
)
register(
    "households.went_already",
    422,
    "This person does not belong to the household any more.",
    "Look at the household's history.",
)


@transaction.atomic
def member_came(
    *,
    household: UUID,
    member: MemberChange,
    why: Why,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    unnamed: bool = False,
    written: datetime | None = None,
) -> UUID:
    """Somebody belongs to the household since a day (default: the day it was written); returns the member's id.

    `unnamed`: a child whose name comes later; the one of `member` only stands for it.
    """
    authorise(household=household, actor=actor, permission=Permission.CHANGE, at=at, written=written)
    if why not in CAME:
        raise Problem("households.why")
    row = locked(household)
    id = member.id or uuid7()
    day = on or day_of(written) or at.astimezone(CN).date()
    possible(
        cannot_come(
            why, day, name="" if unnamed else member.name or "", born=member.birth_year,
            relation=member.relation or Relation.OTHER, present=known(present(row)),
        )
    )  # fmt: skip
    event = tell_life(row, Life.CAME, why=why, on=day, actor=actor, at=at)
    add_members(row, [replace(member, id=id)], at)
    one = Member.unscoped.because(WHY).get(id=id)
    seat(one, event, row, one.position, one.relation)
    told = MemberCame(subject_id=row.id, why=why, member=str(id), since=day_named(event.at))
    announce_change(row, ["members"], actor=actor, at=at, written=written, event=told)
    index_household(row, at)
    return id


@transaction.atomic
def member_went(
    *,
    household: UUID,
    member: UUID,
    why: Why,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    head: UUID | None = None,
    written: datetime | None = None,
) -> None:
    """Somebody belongs to it no longer since a day. `head`: who heads it from then on, where the head left.

    Where nobody was named, who speaks for the household does, else the spouse, else the eldest.
    """
    authorise(household=household, actor=actor, permission=Permission.CHANGE, at=at, written=written)
    if why not in WENT:
        raise Problem("households.why")
    row = locked(household)
    one = belonging(row, member)
    if head == member:
        raise Problem("households.head_needed")
    day = on or day_of(written) or at.astimezone(CN).date()
    possible(cannot_go(why, day, born=one.birth_year, history=histories([one])[one.id]))
    event = tell_life(row, Life.WENT, why=why, on=day, actor=actor, at=at)
    seat(one, event, None, 0, "")
    settle_member(one, at)
    what = [*GOES_ALONG, *succeed(row, event, at, named=head)]
    told = MemberWent(subject_id=row.id, why=why, member=str(member), since=day_named(event.at))
    announce_change(row, what, actor=actor, at=at, written=written, event=told)
    index_household(row, at)


def belonging(row: Household, member: UUID) -> Member:
    """A member who belongs to the household now; raises `households.member`."""
    found = Member.unscoped.because(WHY).filter(household=row, id=member, gone_at__isnull=True).first()
    if found is None:
        raise Problem("households.went_already")
    return found


def possible(wrong: str | None) -> None:
    if wrong is not None:
        raise Problem(wrong)


def day_of(written: datetime | None) -> date | None:
    return written.astimezone(CN).date() if written else None

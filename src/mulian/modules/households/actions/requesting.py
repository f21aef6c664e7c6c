"""Takes down what a family asks of its own record, decides it with a reason, and tells the family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.notify.actions import tell as notify
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.authority import locked
from mulian.modules.households.actions.changing import checked_language
from mulian.modules.households.actions.granting import check_asked, grant, owner
from mulian.modules.households.actions.urging import NOTICE, leads
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.domain.requests import Kind, State, steps
from mulian.modules.households.events import RequestDecided, RequestTaken, RequestTold, RestrictionLifted
from mulian.modules.households.models import Household, Request, Restriction
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, whereabouts
from mulian.modules.households.queries import requests as queries
from mulian.modules.households.queries.rights import calendar, rights

LONGEST = 500
NEW = N_("A family asks something of its record: %(number)s")
register(
    "households.request_for_nobody",
    422,
    "Nobody of the family is named.",
    "Choose who of the family asks, and say how you know them.",
)
register("households.request_reason", 422, "The reason is missing.", "Say why; the family is told.")
register("households.request_over", 409, "This request is decided.", "Load the page again and look.")
register("households.request_open", 409, "This request is not decided yet.", "Decide it first.")
register(
    "households.request_second",
    403,
    "Who took a deletion down does not decide it.",
    "A second person of the village or the township decides.",
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the family asks: about whom, what of it (domain/requests.py), what is right instead, and other words."""

    kind: Kind
    by: UUID | None
    known_by: str
    member: UUID | None = None
    target: str = ""
    wanted: str = ""
    words: str = ""


@transaction.atomic
def take_request(*, id: UUID, household: UUID, asked: Asked, actor: Actor, at: datetime) -> Request:
    """Takes a request down at the desk and starts its clock; the same id again answers what it made.

    Raises `not_found`, `households.request_for_nobody`, `households.request_what`, `households.item_value`.
    """
    scope.require(actor, Permission.RIGHTS, kind=KIND, id=household, at=at)
    known = Request.unscoped.because("the household is in scope").filter(id=id, household=household).first()
    if known is not None:
        return known
    row = locked(household, closed_too=True)
    if asked.by is None or not asked.known_by.strip():
        raise Problem("households.request_for_nobody")
    check_asked(row, asked.kind, asked.target, asked.wanted, asked.member, asked.by)
    clock = steps(rights().askings[asked.kind], calendar(), at)
    made = Request.unscoped.create(
        id=id,
        household=row,
        area_id=_answering(row, asked, actor, at),
        kind=asked.kind,
        member=asked.member,
        target=asked.target,
        wanted=asked.wanted.strip()[:120],
        words=asked.words.strip()[:LONGEST],
        asked_by=asked.by,
        known_by=asked.known_by.strip()[:200],
        taken_by=actor.person,
        taken_at=at,
        near_at=clock.near,
        due_at=clock.due,
        over_at=clock.over,
        next_at=clock.near,
    )
    _announce(made, row, actor, at)
    return made


def _announce(made: Request, row: Household, actor: Actor, at: datetime) -> None:
    taken = RequestTaken(
        subject_id=row.id,
        request=str(made.id),
        kind=made.kind,
        due=made.due_at.isoformat(timespec="seconds"),
        asked_by=str(made.asked_by),
        known_by=made.known_by,
    )
    append(taken, actor=actor, at=at, areas=[made.area_id[:12]])
    notify(
        persons=sorted(leads(made.area_id, at) - {actor.person}, key=str),
        kind=NOTICE,
        title=NEW,
        params={"number": row.number},
        link=f"/households/requests/{made.id}/",
        subject_kind=KIND,
        subject_id=row.id,
        urgent=False,
        key=f"{NOTICE}:{made.id}",
        at=at,
    )


def _answering(row: Household, asked: Asked, actor: Actor, at: datetime) -> str:
    """The village of the side that owns what it is about; where the family counts nowhere any more, the desk's."""
    place = whereabouts([row.id], at)[row.id]
    sides = {Side.REGISTERED: place.registered, Side.RESIDING: place.residing}
    area = sides[owner(asked.kind, asked.target)] or place.registered or place.residing
    return (area or actor.postings[0].area)[:12]


@transaction.atomic
def decide_request(*, request: UUID, allow: bool, reason: str, actor: Actor, at: datetime) -> Request:
    """A person decides, with a reason the family is told; what was allowed is done at once, in the same transaction.

    Raises `not_found`, `households.request_over`, `…request_reason`, `…request_second`, and what the doing raises.
    """
    row = _held(request, actor)
    if row.state != State.OPEN:
        raise Problem("households.request_over")
    if not reason.strip():
        raise Problem("households.request_reason")
    if row.kind == Kind.DELETE and row.taken_by == actor.person:
        raise Problem("households.request_second")
    row.done = grant(row, actor, at) if allow else {}
    row.state = State.DONE if allow else State.REFUSED
    row.decided_by, row.decided_at, row.reason, row.next_at = actor.person, at, reason.strip()[:LONGEST], None
    row.save()
    decided = RequestDecided(
        subject_id=row.household_id,
        request=str(row.id),
        kind=row.kind,
        allowed=allow,
        reason=row.reason,
        done=row.done,
    )
    append(decided, actor=actor, at=at, areas=[row.area_id[:12]])
    return row


@transaction.atomic
def family_told(*, request: UUID, language: str, actor: Actor, at: datetime) -> None:
    """The family was told the answer, by voice or with the slip, in this language; the first time counts."""
    row = _held(request, actor)
    if row.state == State.OPEN:
        raise Problem("households.request_open")
    if row.told_at is not None:
        return
    row.told_by, row.told_at, row.told_language = actor.person, at, checked_language(language)
    row.save()
    told = RequestTold(subject_id=row.household_id, request=str(row.id), language=language)
    append(told, actor=actor, at=at, areas=[row.area_id[:12]])


@transaction.atomic
def lift_restriction(*, request: UUID, actor: Actor, at: datetime) -> None:
    """The family wants its record used as before. Nothing happens where it is."""
    row = _held(request, actor)
    held = Restriction.unscoped.because("of a request the actor answers").filter(request=row, until=None)
    if held.update(until=at):
        lifted = RestrictionLifted(subject_id=row.household_id, request=str(row.id))
        append(lifted, actor=actor, at=at, areas=[row.area_id[:12]])


def _held(request: UUID, actor: Actor) -> Request:
    """The request, if the actor's duty answers for it."""
    rows = Request.unscoped.because("its area is checked next").select_for_update()
    row = rows.filter(id=request).first()
    if row is None or not queries.answers(row, actor):
        raise Problem("not_found")
    return row

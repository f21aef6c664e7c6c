"""Handing a case on: back, up, to a named unit. Nobody is without an owner for one moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.areas.queries import unit_named
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, opening, spreading, writing
from mulian.modules.cases.actions.gathering import sure_topic
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.actions.parts import let_go
from mulian.modules.cases.actions.said import content, said
from mulian.modules.cases.actions.whistling import call_in
from mulian.modules.cases.domain import handing as rule
from mulian.modules.cases.domain import parts, refusals
from mulian.modules.cases.domain.parts import OWED
from mulian.modules.cases.domain.promises import Moment
from mulian.modules.cases.domain.receivers import Reason, Receiver, hand_over, responsible
from mulian.modules.cases.domain.states import State, Verb, check_said, step
from mulian.modules.cases.events import (
    CaseAssigned,
    CaseDisputed,
    CasePassedUp,
    CaseReturned,
    CaseTransferred,
)
from mulian.modules.cases.models import Case, Part
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.next_action import bound, decides

LEADS = "…"
"""What stands as the reason where an office called in becomes responsible: the next line of the history says it."""


@transaction.atomic
def give_back(*, case: UUID, actor: Actor, at: datetime, reason: str) -> Case:
    """Returns it to the sender with a reason; the second return goes to the county, which decides."""
    opened, given = _open(case, actor, at), content(text=reason)
    check_said(Verb.RETURN, said(given))
    row = opened.case
    sender = row.sender.code if row.sender else None
    near = opening.around(row, at, also=(sender,) if sender else (), topic=sure_topic(row))
    to = rule.returned_to(sender=sender, returns=row.returns, area=row.area_id, around=near)
    before = _move(opened, Verb.RETURN, actor, at)
    row.returns += 1
    _hand(opened, to, actor, at)
    if row.returns == rule.RETURNS:
        _must_decide(row, at)
    event = CaseReturned(subject_id=row.id, before=before, state=row.state, text=given.text, **_to(to))
    _tell(row, event, actor, at)
    return row


@transaction.atomic
def pass_up(
    *, case: UUID, actor: Actor, at: datetime, reason: str = "", because: Reason = Reason.PASSED_UP
) -> Case:
    """The next level up becomes responsible; the earlier stays informed. The clock runs on.

    `because`: passed up by somebody, or because a level has tried as often as it should.
    """
    opened, given = _open(case, actor, at), content(text=reason)
    row = opened.case
    near = opening.around(row, at, topic=sure_topic(row))
    to = rule.above(holding.level_of(row), row.area_id, near, reason=because)
    before = _move(opened, Verb.PASS_UP, actor, at)
    _hand(opened, to, actor, at)
    event = CasePassedUp(subject_id=row.id, before=before, state=row.state, text=given.text, **_to(to))
    _tell(row, event, actor, at)
    return row


@transaction.atomic
def transfer(*, case: UUID, to: str, actor: Actor, at: datetime, reason: str = "") -> Case:
    """A unit named by code or id becomes responsible. Raises `cases.unit_needed`, `cases.unit_unsuitable`."""
    opened, given = _open(case, actor, at), content(text=reason)
    check_said(Verb.TRANSFER, said(given, to=to))
    row, code = opened.case, _unit(to)
    near = opening.around(row, at, also=(code,), topic=sure_topic(row))
    receiver = rule.receiver_in(code, near)
    if receiver.key == responsible(opened.receivers).key:
        raise Problem(refusals.UNIT_UNSUITABLE, unit=code)
    before = _move(opened, Verb.TRANSFER, actor, at)
    _hand(opened, receiver, actor, at)
    event = CaseTransferred(
        subject_id=row.id, before=before, state=row.state, text=given.text, **_to(receiver)
    )
    _tell(row, event, actor, at)
    return row


@transaction.atomic
def dispute(*, case: UUID, actor: Actor, at: datetime, reason: str) -> Case:
    """It is not ours and we know not whose: the county has it at once and decides within its own clock."""
    opened, given = _open(case, actor, at), content(text=reason)
    check_said(Verb.DISPUTE, said(given))
    row = opened.case
    to = rule.to_decide(row.area_id, opening.around(row, at, topic=sure_topic(row)))
    before = _move(opened, Verb.DISPUTE, actor, at)
    _hand(opened, to, actor, at)
    _must_decide(row, at)
    event = CaseDisputed(subject_id=row.id, before=before, state=row.state, text=given.text, **_to(to))
    _tell(row, event, actor, at)
    return row


@transaction.atomic
def assign(*, case: UUID, units: Iterable[str], actor: Actor, at: datetime, reason: str) -> Case:
    """The county decides whose it is, with a reason: the first unit leads and cannot return it, others are called in.

    Raises `cases.not_deciding` for everybody below the county.
    """
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    given = content(text=reason)
    codes = list(dict.fromkeys(_unit(each) for each in units if each))
    row = opened.case
    if not decides(actor, row):
        raise Problem(refusals.NOT_DECIDING)
    if row.same_as_id:
        raise Problem(refusals.JOINED)
    check_said(Verb.ASSIGN, said(given, to=codes[0] if codes else None))
    near = opening.around(row, at, also=tuple(codes), topic=sure_topic(row))
    to = rule.receiver_in(codes[0], near, reason=Reason.ASSIGNED)
    before = _move(opened, Verb.ASSIGN, actor, at)
    _hand(opened, to, actor, at)
    row.bound, row.disputed_at = True, None
    clocks.keep(row, Verb.ASSIGN, at)
    event = CaseAssigned(subject_id=row.id, before=before, state=row.state, text=given.text, **_to(to))
    _tell(row, event, actor, at)
    owing = set(Part.objects.filter(case=row, state__in=sorted(OWED)).values_list("unit__code", flat=True))
    if others := [code for code in codes[1:] if code not in owing]:
        call_in(opened, others, given.text, actor, at, whistler=None)
    return row


def _open(case: UUID, actor: Actor, at: datetime) -> Opened:
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_hand(actor, opened)
    return opened


def _move(opened: Opened, verb: Verb, actor: Actor, at: datetime) -> str:
    row = opened.case
    before = row.state
    after = step(
        State(before),
        verb,
        kind=row.kind,
        returnable=rule.may_return(responsible(opened.receivers), returns=row.returns),
        decides=decides(actor, row),
        bound=bound(row, actor),
    )
    writing.enter(row, after, at)
    if before == State.WAITING:
        clocks.end_pause(row, at)
    return before


def _must_decide(row: Case, at: datetime) -> None:
    """The county's own clock starts; nobody else hands the case on until it has decided."""
    row.disputed_at = at
    clocks.begin(row, Moment.DISPUTED, at)


def _hand(opened: Opened, to: Receiver, actor: Actor, at: datetime) -> None:
    row = opened.case
    before = responsible(opened.receivers)
    row.sender_id = row.responsible_unit_id
    row.handed_over = True
    opened.receivers = hand_over(opened.receivers, to)
    if Part.objects.filter(case=row, whistler=row.sender_id).exclude(whistler=None).exists():
        opened.receivers = parts.stays(opened.receivers, before)
    writing.change_receivers(row, opened.receivers, ground.roster(at), at)
    if row.responsible_unit_id:
        let_go(row, actor, at, reason=LEADS, unit=row.responsible_unit_id)


def _to(receiver: Receiver) -> dict[str, Any]:
    person = str(receiver.person) if receiver.person else None
    return {"unit": receiver.unit, "person": person, "reason": receiver.reason.value}


def _tell(
    row: Case,
    event: CaseReturned | CasePassedUp | CaseTransferred | CaseDisputed | CaseAssigned,
    actor: Actor,
    at: datetime,
) -> None:
    handed = writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))
    title = "Case %(number)s is yours now"
    persons = [row.responsible_person_id]
    spreading.notify(row, persons, kind="handed", title=title, key=f"handed:{handed}", at=at)


def _unit(to: str) -> str:
    """The code of a unit given by code or id; what is unknown is refused by the rule."""
    found = unit_named(to)
    return found.code if found else to

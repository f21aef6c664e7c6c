"""Handing a case on: back, up, to a named unit. Nobody is without an owner for one moment."""

from __future__ import annotations

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
from mulian.modules.cases.actions.said import content, said
from mulian.modules.cases.domain import handing as rule
from mulian.modules.cases.domain import parts, refusals
from mulian.modules.cases.domain.receivers import Reason, Receiver, hand_over, responsible
from mulian.modules.cases.domain.states import State, Verb, check_said, step
from mulian.modules.cases.events import CasePassedUp, CaseReturned, CaseTransferred
from mulian.modules.cases.models import Case, Part
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, holding


@transaction.atomic
def give_back(*, case: UUID, actor: Actor, at: datetime, reason: str) -> Case:
    """Returns it to the sender with a reason; the second return goes to the county, which decides."""
    opened, given = _open(case, actor, at), content(text=reason)
    check_said(Verb.RETURN, said(given))
    row = opened.case
    sender = row.sender.code if row.sender else None
    near = opening.around(row, at, also=(sender,) if sender else (), topic=sure_topic(row))
    to = rule.returned_to(sender=sender, returns=row.returns, area=row.area_id, around=near)
    before = _move(opened, Verb.RETURN, at)
    row.returns += 1
    _hand(opened, to, at)
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
    before = _move(opened, Verb.PASS_UP, at)
    _hand(opened, to, at)
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
    before = _move(opened, Verb.TRANSFER, at)
    _hand(opened, receiver, at)
    event = CaseTransferred(
        subject_id=row.id, before=before, state=row.state, text=given.text, **_to(receiver)
    )
    _tell(row, event, actor, at)
    return row


def _open(case: UUID, actor: Actor, at: datetime) -> Opened:
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_hand(actor, opened)
    return opened


def _move(opened: Opened, verb: Verb, at: datetime) -> str:
    row = opened.case
    before = row.state
    returnable = rule.may_return(responsible(opened.receivers), returns=row.returns)
    writing.enter(row, step(State(before), verb, kind=row.kind, returnable=returnable), at)
    if before == State.WAITING:
        clocks.end_pause(row, at)
    return before


def _hand(opened: Opened, to: Receiver, at: datetime) -> None:
    row = opened.case
    before = responsible(opened.receivers)
    row.sender_id = row.responsible_unit_id
    row.handed_over = True
    opened.receivers = hand_over(opened.receivers, to)
    if Part.objects.filter(case=row, whistler=row.sender_id).exclude(whistler=None).exists():
        opened.receivers = parts.stays(opened.receivers, before)
    writing.change_receivers(row, opened.receivers, ground.roster(at), at)


def _to(receiver: Receiver) -> dict[str, Any]:
    person = str(receiver.person) if receiver.person else None
    return {"unit": receiver.unit, "person": person, "reason": receiver.reason.value}


def _tell(
    row: Case, event: CaseReturned | CasePassedUp | CaseTransferred, actor: Actor, at: datetime
) -> None:
    handed = writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))
    title = "Case %(number)s is yours now"
    persons = [row.responsible_person_id]
    spreading.notify(row, persons, kind="handed", title=title, key=f"handed:{handed}", at=at)


def _unit(to: str) -> str:
    """The code of a unit given by code or id; what is unknown is refused by the rule."""
    found = unit_named(to)
    return found.code if found else to

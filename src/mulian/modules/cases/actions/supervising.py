"""Supervision (督办): a leader demands, the responsible one replies, the leader accepts or demands again.

The demand has a clock of its own, one promise a round; the promises to the family run on beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, opening, spreading, writing
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.actions.problems import NOT_A_LEADER
from mulian.modules.cases.actions.said import content, said
from mulian.modules.cases.domain import promises, refusals
from mulian.modules.cases.domain.promises import Amount, PromiseKind, Rule
from mulian.modules.cases.domain.states import State, Verb, check_said
from mulian.modules.cases.domain.supervising import OPEN, Stage, check_demand, check_stage
from mulian.modules.cases.events import SupervisionAccepted, SupervisionDemanded, SupervisionReplied
from mulian.modules.cases.models import Case, Promise, Supervision
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules


@transaction.atomic
def demand(*, case: UUID, actor: Actor, at: datetime, text: str, days: int | None = None) -> Case:
    """A leader above the responsible one demands a reply within `days`; again, when the last one did not satisfy.

    Raises `cases.not_a_leader`, `cases.not_above`, `cases.supervised_already`, `cases.bad_supervision_time`,
    `cases.reason_needed`.
    """
    opened = _open_as_leader(case, actor, at)
    row, given, limits = opened.case, content(text=text), rules().limits.supervision
    check_said(Verb.RETURN, said(given))
    if row.state == State.CLOSED:
        raise Problem(refusals.ILLEGAL_STEP, state=row.state, verb="supervise")
    held = _open(row)
    span = limits.days if days is None else days
    check_demand(Stage(held.stage) if held else None, span)
    clock = _clock(row, span, limits.clock, at)
    made = held or Supervision(case=row, started_at=at)
    made.leader_id, made.stage, made.round = actor.person, Stage.DEMANDED, clock.round
    made.demand, made.reply, made.replied_at, made.due = given.text, "", None, clock.due
    made.save()
    event = SupervisionDemanded(
        subject_id=row.id, leader=str(actor.person), round=clock.round, text=given.text,
        due=clock.due.isoformat(timespec="minutes"),
    )  # fmt: skip
    demanded = writing.record(row, event, actor=actor, at=at, fields=("due",))
    title = "A leader supervises case %(number)s"
    persons = [row.responsible_person_id]
    spreading.notify(row, persons, kind="supervised", title=title, key=f"supervised:{demanded}", at=at)
    return row


@transaction.atomic
def reply(*, case: UUID, actor: Actor, at: datetime, text: str) -> Case:
    """The responsible one says what was done; the demand's clock stops. Raises `cases.not_supervised`."""
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_hand(actor, opened)
    row, given, held = opened.case, content(text=text), _open(opened.case)
    check_said(Verb.ANSWER, said(given))
    check_stage(Stage(held.stage) if held else None, Stage.DEMANDED)
    assert held is not None
    held.stage, held.reply, held.replied_at = Stage.REPLIED, given.text, at
    held.save()
    clocks.keep_kinds(row, {PromiseKind.SUPERVISE}, at)
    event = SupervisionReplied(subject_id=row.id, round=held.round, text=given.text)
    replied = writing.record(row, event, actor=actor, at=at, fields=("due",))
    title = "A reply to your supervision: case %(number)s"
    spreading.notify(
        row, [held.leader_id], kind="supervision_replied", title=title, key=f"replied:{replied}", at=at
    )
    return row


@transaction.atomic
def accept(*, case: UUID, actor: Actor, at: datetime, text: str = "") -> Case:
    """The leader is content with the reply; the supervision is over. Raises `cases.not_supervised`."""
    opened = _open_as_leader(case, actor, at)
    row, given, held = opened.case, content(text=text), _open(opened.case)
    check_stage(Stage(held.stage) if held else None, Stage.REPLIED)
    assert held is not None
    held.stage, held.ended_at = Stage.ACCEPTED, at
    held.save()
    event = SupervisionAccepted(subject_id=row.id, round=held.round, text=given.text)
    accepted = writing.record(row, event, actor=actor, at=at)
    title = "The supervision of case %(number)s is over"
    persons = [row.responsible_person_id]
    spreading.notify(row, persons, kind="supervision_over", title=title, key=f"accepted:{accepted}", at=at)
    return row


def _open_as_leader(case: UUID, actor: Actor, at: datetime) -> Opened:
    """The case, for somebody who may supervise and stands above the responsible one."""
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    if not scope.permitted(actor, Permission.SUPERVISE):
        raise Problem(NOT_A_LEADER)
    opening.require_above(actor, opened)
    return opened


def _open(row: Case) -> Supervision | None:
    return Supervision.objects.select_for_update().filter(case=row, stage__in=OPEN).first()


def _clock(row: Case, days: int, clock: str, at: datetime) -> promises.Promise:
    """The clock of a new round, written."""
    before = Promise.objects.filter(case=row, kind=PromiseKind.SUPERVISE).order_by("-round").first()
    rule = Rule(code="supervise", kind=PromiseKind.SUPERVISE, amount=Amount(days=days), clock=clock)
    made = promises.promise(rule, at=at, policy=rules().policy, area=row.area_id)
    made = replace(made, round=before.round + 1 if before else 1)
    Promise.objects.bulk_create(writing.start_promises(row, [made], at))
    return made

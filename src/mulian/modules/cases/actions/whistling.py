"""Whistle (吹哨): a township or the county calls departments into a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.areas.queries import unit_named
from mulian.kernel.actor import Actor, Posting
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, opening, spreading, writing
from mulian.modules.cases.actions.gathering import sure_topic
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.domain import handing, refusals
from mulian.modules.cases.domain import parts as rule
from mulian.modules.cases.domain.receivers import (
    Reason,
    Receiver,
    Standing,
    hand_over,
    join,
    responsible,
)
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.states import TAKEABLE, State, Verb
from mulian.modules.cases.events import CaseTaken, Whistled
from mulian.modules.cases.models import Case, Part
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.next_action import LEVEL_OF_ROLE
from mulian.modules.cases.queries.rules import rules


@transaction.atomic
def whistle(
    *, case: UUID, units: Iterable[str], actor: Actor, at: datetime, asked: str, today: bool = False
) -> Case:  # fmt: skip
    """Calls in offices by code or id, saying what for; a township that whistles leads from now on.

    `today`: relief for the family the same day, owed until midnight, without declaring an incident.

    Raises `cases.no_whistle`, `cases.unit_needed`, `cases.reason_needed`, `cases.unit_unsuitable`,
    `cases.called_already`.
    """
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    posting = opening.require_hand(actor, opened)
    level = LEVEL_OF_ROLE.get(posting.role) if posting else Level.COUNTY
    rule.check_whistle(State(opened.case.state), level)
    given, codes = content(text=asked), list(dict.fromkeys(filter(None, map(str.strip, units))))
    if not codes:
        raise Problem(refusals.UNIT_NEEDED)
    if not given.text:
        raise Problem(refusals.REASON_NEEDED)
    if posting and level is Level.TOWNSHIP:
        _lead(opened, posting, actor, at)
    unit = posting.unit if posting else None
    call_in(opened, codes, given.text, actor, at, whistler=unit, today=today)
    return opened.case


def call_in(
    opened: Opened, units: Iterable[str], asked: str, actor: Actor, at: datetime, *, whistler: UUID | None,
    today: bool = False,
) -> None:  # fmt: skip
    """Inside an act: each office becomes a helper with a part of its own, and is told."""
    row, codes = opened.case, [_code(each) for each in units]
    near = opening.around(row, at, also=tuple(codes), topic=sure_topic(row))
    held = ground.roster(at)
    called = [
        handing.receiver_in(code, near, standing=Standing.HELPER, reason=Reason.WHISTLED) for code in codes
    ]
    _check(opened, called)
    for each in called:
        opened.receivers = join(opened.receivers, each)
        _part(row, each, asked, actor, at, held, whistler, today).save()
    writing.change_receivers(row, opened.receivers, held, at)
    row.handed_over = True
    event = Whistled(subject_id=row.id, receivers=holding.told(called), text=asked)
    whistled = writing.record(row, event, actor=actor, at=at)
    title = "You are called into case %(number)s"
    persons = [each.person for each in called]
    spreading.notify(row, persons, kind="whistled", title=title, key=f"whistled:{whistled}", at=at)


def _check(opened: Opened, called: list[Receiver]) -> None:
    """Nobody is called into their own case, nor twice."""
    lead = responsible(opened.receivers).key
    if any(each.key == lead for each in called):
        raise Problem(refusals.UNIT_UNSUITABLE, unit=lead)
    owed = Part.objects.filter(case=opened.case, state__in=sorted(rule.OWED))
    if set(owed.values_list("unit__code", flat=True)) & {each.key for each in called}:
        raise Problem(refusals.CALLED_ALREADY)


def _part(
    case: Case, called: Receiver, asked: str, actor: Actor, at: datetime, held: ground.Roster, whistler: UUID | None,
    today: bool,
) -> Part:  # fmt: skip
    at_hand = rules()
    made = rule.call(
        at_hand.joint.whistle,
        at=at,
        policy=at_hand.policy,
        area=case.area_id,
        urgent=case.urgent,
        same_day=today,
    )
    return Part(
        case=case,
        unit_id=held.ids[called.key],
        person_id=called.person,
        whistler_id=whistler,
        caller_id=opening.named(actor),
        asked=asked,
        clock=made.answer.clock,
        called_at=at,
        report_allotted=made.report_in.allotted,
        report_due=made.report_in.due,
        allotted=made.answer.allotted,
        due=made.answer.due,
        remind_at=made.answer.remind_at,
        looked_at=at,
        next_at=rule.next_look(made, now=at),
    )


def _lead(opened: Opened, posting: Posting, actor: Actor, at: datetime) -> None:
    """The township leads what it whistles for: what its village had and nobody took is taken by it."""
    row, held = opened.case, ground.roster(at)
    if posting.unit is None or row.responsible_unit_id == posting.unit:
        return
    unit = held.units[held.codes[posting.unit]]
    to = Receiver(
        area=unit.area,
        unit=unit.code,
        person=actor.person,
        role=posting.role,
        level=unit.level,
        standing=Standing.RESPONSIBLE,
        reason=Reason.WHISTLES,
    )
    opened.receivers = hand_over(opened.receivers, to)
    writing.change_receivers(row, opened.receivers, held, at)
    if State(row.state) in TAKEABLE:
        _take(row, actor, at)


def _take(row: Case, actor: Actor, at: datetime) -> None:
    before = row.state
    writing.enter(row, State.TAKEN, at)
    row.taken_at = row.taken_at or at
    clocks.keep(row, Verb.TAKE, at)
    event = CaseTaken(subject_id=row.id, before=before, state=row.state)
    writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))


def _code(unit: str) -> str:
    """The code of a unit given by code or id; what is unknown is refused by the rule."""
    found = unit_named(unit)
    return found.code if found else unit

"""The steps of a case's life: take, start, solve, answer, reopen, close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.geo import Point
from mulian.modules.cases.actions import (
    asking_translation,
    asking_word,
    clocks,
    opening,
    outcomes,
    papers,
    parts,
    spreading,
    subjects,
    writing,
)
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.actions.said import Content, Voice, content, keep, said
from mulian.modules.cases.domain import handing
from mulian.modules.cases.domain import outcomes as rule
from mulian.modules.cases.domain.outcomes import Plan
from mulian.modules.cases.domain.promises import Moment
from mulian.modules.cases.domain.receivers import Reason, Receiver, Standing, hand_over, join, responsible
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.states import State, Verb, check_said, reply_owed, step
from mulian.modules.cases.domain.translating import Piece
from mulian.modules.cases.events import (
    CaseAnswered,
    CaseClosed,
    CaseReopened,
    CaseSolved,
    CaseStarted,
    CaseTaken,
    ReportedUp,
)
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.next_action import LEVEL_OF_ROLE, above_posting, acting_posting
from mulian.modules.cases.queries.readers import families
from mulian.modules.cases.queries.rules import rules

SIMPLY = Plan(outcome=rule.Outcome.SOLVED)
"""Solved, and nothing more to be watched."""


@transaction.atomic
def take(*, case: UUID, actor: Actor, at: datetime) -> Case:
    """Somebody of the responsible unit (or above) takes it on and becomes the named person; alarms stop."""
    opened = _open(case, actor, at)
    before = _step(opened, Verb.TAKE, at)
    _become_responsible(opened, actor, at)
    row = opened.case
    row.taken_at = row.taken_at or at
    clocks.keep(row, Verb.TAKE, at)
    event = CaseTaken(subject_id=row.id, before=before, state=row.state)
    writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))
    return row


@transaction.atomic
def start(*, case: UUID, actor: Actor, at: datetime, text: str = "") -> Case:
    """Work begins, or goes on after waiting: clocks that stood still run again."""
    opened = _open(case, actor, at)
    before = _step(opened, Verb.START, at)
    if before == State.WAITING:
        clocks.end_pause(opened.case, at)
    event = CaseStarted(subject_id=case, before=before, state=opened.case.state, text=content(text=text).text)
    writing.record(opened.case, event, actor=actor, at=at, fields=("state", "steps"))
    return opened.case


def resume(*, case: UUID, actor: Actor, at: datetime, text: str = "") -> Case:
    """Work goes on after waiting."""
    return start(case=case, actor=actor, at=at, text=text)


@transaction.atomic
def solve(
    *, case: UUID, actor: Actor, at: datetime, text: str = "", voice: Voice | None = None,
    photos: Iterable[str] = (), reason: str = "", plan: Plan = SIMPLY, place: Spot | None = None,
) -> Case:  # fmt: skip
    """The work is done. Needs a photo, a voice or a text; what a level below solved is told up the line once.

    Offices called in have answered, or `reason` says why it goes on without them (`cases.parts_open`). `plan`
    enters the register of what is not simply solved. `place` is where the evidence was made: far from the case's
    own point it needs a `reason` too (`cases.evidence_far`), as a service does whose steps or papers are open.
    """
    opened, given = _open(case, actor, at), content(text=text, voice=voice, photos=photos)
    check_said(Verb.SOLVE, said(given))
    papers.require_whole(opened.case, reason)
    metres = _away(opened.case, place, reason)
    before = _step(opened, Verb.SOLVE, at)
    row = opened.case
    why = content(text=reason).text
    parts.let_go(row, actor, at, reason=why)
    if before == State.WAITING:
        clocks.end_pause(row, at)
    row.solved_at, row.disputed_at = at, None
    asking_word.ask_anew(row)
    outcomes.enter(row, plan, actor, at)
    row.solved_level = row.responsible_level
    keep(row, given, voice_as="evidence", photo_as="evidence", actor=actor, at=at)
    clocks.keep(row, Verb.SOLVE, at)
    clocks.begin(row, Moment.SOLVED, at)
    event = CaseSolved(
        subject_id=row.id, before=before, state=row.state, metres=metres, reason=why, **_said(given)
    )
    cause = writing.record(row, event, actor=actor, at=at, fields=("state", "steps", "proof", "rating"))
    _report_up(opened, actor, at, cause)
    return row


@transaction.atomic
def answer(*, case: UUID, actor: Actor, at: datetime, text: str = "", voice: Voice | None = None) -> Case:
    """The answer to the family, in words or by voice; it travels to the liaison's phone.

    To a question, a suggestion or a wish the reply is what is owed: it solves the case by being given.
    """
    opened, given = _open(case, actor, at), content(text=text, voice=voice)
    check_said(Verb.ANSWER, said(given))
    if reply_owed(State(opened.case.state), kind=opened.case.kind):
        solve(case=case, actor=actor, at=at, text=text, voice=None if given.text else voice)
        opened = _open(case, actor, at)
    before = _step(opened, Verb.ANSWER, at)
    row = opened.case
    if before != State.SOLVED:
        asking_word.ask_anew(row)
    row.answered_at, row.answer_text = at, given.text
    row.answer_voice = voice.sha256.lower() if voice else ""
    row.answer_seconds = voice.seconds if voice else None
    keep(row, given, voice_as="answer_voice", photo_as="evidence", actor=actor, at=at)
    clocks.keep(row, Verb.ANSWER, at)
    clocks.begin(row, Moment.ANSWERED, at)
    event = CaseAnswered(subject_id=row.id, before=before, state=row.state, **_said(given))
    writing.record(row, event, actor=actor, at=at, fields=("state", "steps", "answer", "rating"))
    _tell_answer(row, given, actor, at)
    asking_translation.ask(
        subjects.of_case(row), piece=Piece.ANSWER, text=given.text, readers=families(row), actor=actor, at=at
    )
    return row


def _tell_answer(row: Case, given: Content, actor: Actor, at: datetime) -> None:
    """To whoever reported it, and to whoever reported the same thing: each under their own case."""
    title = "Case %(number)s was answered"
    same = Case.unscoped.because("everybody who reported it is answered").filter(same_as=row)
    same.update(
        answered_at=row.answered_at,
        answer_text=row.answer_text,
        answer_voice=row.answer_voice,
        answer_seconds=row.answer_seconds,
    )
    for each in same:
        keep(each, given, voice_as="answer_voice", photo_as="evidence", actor=actor, at=at)
    for each in (row, *same):
        persons, key = [each.reporter_id], f"answered:{row.rev}"
        spreading.notify(each, persons, kind="answered", title=title, key=key, at=at, urgent=False)


@transaction.atomic
def close(*, case: UUID, actor: Actor, at: datetime, text: str = "") -> Case:
    """Nothing is owed any more: after an answer, or for thanks."""
    opened = _open(case, actor, at)
    finish(opened, actor, at, because="person", text=content(text=text).text)
    return opened.case


@transaction.atomic
def reopen(*, case: UUID, actor: Actor, at: datetime, reason: str) -> Case:
    """It was not solved after all; clocks run on from their first start."""
    opened, given = _open(case, actor, at), content(text=reason)
    check_said(Verb.REOPEN, said(given))
    open_again(opened, actor, at, because="person", text=given.text)
    return opened.case


def finish(opened: Opened, actor: Actor, at: datetime, *, because: str, text: str = "") -> None:
    """Closes the case inside an act; every clock stops."""
    row = opened.case
    before = _step(opened, Verb.CLOSE, at)
    row.closed_at = at
    parts.let_go(row, actor, at, reason=text or because)
    clocks.keep(row, Verb.CLOSE, at)
    event = CaseClosed(subject_id=row.id, before=before, state=row.state, text=text, because=because)
    writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))


def open_again(
    opened: Opened, actor: Actor, at: datetime, *, because: str, text: str = "", voices: int = 0
) -> None:
    """Opens the case again inside an act, with the clock history it had."""
    row = opened.case
    before = _step(opened, Verb.REOPEN, at)
    row.closed_at = row.solved_at = None
    row.outcome = ""
    outcomes.leave(row, actor, at, result=text or because)
    clocks.run_again(row, at)
    event = CaseReopened(
        subject_id=row.id, before=before, state=row.state, text=text, voices=voices, because=because
    )
    writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))
    title = "Case %(number)s was opened again"
    persons = [row.responsible_person_id]
    spreading.notify(row, persons, kind="reopened", title=title, key=f"reopened:{row.rev}", at=at)


def _open(case: UUID, actor: Actor, at: datetime) -> Opened:
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_hand(actor, opened)
    return opened


def _step(opened: Opened, verb: Verb, at: datetime) -> str:
    """Moves the state by the rules; answers the state before. Raises `cases.illegal_step`."""
    row = opened.case
    before = row.state
    holder = responsible(opened.receivers)
    returnable = handing.may_return(holder, returns=row.returns)
    writing.enter(row, step(State(before), verb, kind=row.kind, returnable=returnable), at)
    return before


def _said(given: Content) -> dict[str, Any]:
    return {"text": given.text, "voices": 1 if given.voice else 0, "photos": len(given.photos)}


def _away(row: Case, place: Spot | None, reason: str) -> int | None:
    """How far from the case the evidence was made, in metres, where both are known."""
    here = Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    found = rule.away(here, place.point() if place else None)
    rule.check_near(found, rules().joint.near_metres, reason)
    return None if found is None else round(found)


def _become_responsible(opened: Opened, actor: Actor, at: datetime) -> None:
    """The taker is the named person from now on; somebody from above brings the case to their own unit."""
    held = ground.roster(at)
    posting = acting_posting(actor, opened.case) or above_posting(actor, opened.case)
    now = responsible(opened.receivers)
    if posting is None or now.person == actor.person:
        return
    unit = held.codes.get(posting.unit) if posting.unit else None
    own_unit = opened.case.responsible_unit_id == posting.unit
    to = Receiver(
        area=held.units[unit].area if unit else posting.area,
        unit=unit,
        person=actor.person,
        role=posting.role,
        level=held.units[unit].level if unit else LEVEL_OF_ROLE.get(posting.role, Level.LEADER),
        standing=Standing.RESPONSIBLE,
        reason=now.reason if own_unit else Reason.TRANSFERRED,
    )
    opened.receivers = hand_over(opened.receivers, to)
    opened.case.handed_over = opened.case.handed_over or not own_unit
    writing.change_receivers(opened.case, opened.receivers, held, at)


def _report_up(opened: Opened, actor: Actor, at: datetime, cause: UUID) -> None:
    """The levels above the solver learn of the result, once in the case's life."""
    row = opened.case
    if row.told_up:
        return
    told = handing.report_up(responsible(opened.receivers), row.area_id, opening.around(row, at))
    if not told:
        return
    for each in told:
        opened.receivers = join(opened.receivers, each)
    writing.change_receivers(row, opened.receivers, ground.roster(at), at)
    row.told_up = True
    event = ReportedUp(subject_id=row.id, receivers=holding.told(told))
    writing.record(row, event, actor=actor, at=at)
    persons = [each.person for each in told if each.person != actor.person]
    title = "Case %(number)s was solved below"
    spreading.notify(row, persons, kind="solved_below", title=title, key="solved_below", at=at, urgent=False)

"""Calls, visits and tries: contact that was promised is kept by one that reached the family; a level that has
tried in vain as often as the county says hands the case up.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, handing, opening, writing
from mulian.modules.cases.actions.gathering import sure_topic
from mulian.modules.cases.actions.problems import BAD_CONTACT
from mulian.modules.cases.actions.said import Voice, content, keep, said
from mulian.modules.cases.actions.spreading import notify
from mulian.modules.cases.domain import attempts, refusals
from mulian.modules.cases.domain.attempts import CONTACTS, How
from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.domain.receivers import Reason
from mulian.modules.cases.domain.states import UNSOLVED, State, Verb, check_said
from mulian.modules.cases.events import ContactTried, InterimAnswered
from mulian.modules.cases.models import Attempt, Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.rules import rules


@transaction.atomic
def contact(
    *, case: UUID, actor: Actor, at: datetime, how: str, reached: bool = True, text: str = ""
) -> Case:
    """A call or visit was made, or the work was tried. What was in vain counts for the ladder by attempts.

    Raises `cases.bad_contact`, `cases.not_responsible`, `cases.illegal_step` for a case that is closed.
    """
    opened, given = _open(case, actor, at), content(text=text)
    row = opened.case
    if how not in set(How) or (how == How.WORK and reached):
        raise Problem(BAD_CONTACT)
    level = row.responsible_level
    Attempt.objects.create(case=row, how=how, reached=reached, level=level, by_id=actor.person, at=at)
    if reached and How(how) in CONTACTS:
        clocks.keep_kinds(row, {PromiseKind.CONTACT}, at)
    event = ContactTried(subject_id=row.id, how=how, reached=reached, level=level, text=given.text)
    writing.record(row, event, actor=actor, at=at, fields=("due",))
    if not reached and _exhausted(row):
        return handing.pass_up(case=case, actor=SYSTEM, at=at, because=Reason.ATTEMPTS)
    return row


@transaction.atomic
def interim(*, case: UUID, actor: Actor, at: datetime, text: str = "", voice: Voice | None = None) -> Case:
    """The family is told how things stand, because it cannot be solved soon. Raises `cases.answer_needed`."""
    opened, given = _open(case, actor, at), content(text=text, voice=voice)
    row = opened.case
    check_said(Verb.ANSWER, said(given))
    if State(row.state) not in UNSOLVED:
        raise Problem(refusals.ILLEGAL_STEP, state=row.state, verb="interim")
    keep(row, given, voice_as="answer_voice", photo_as="evidence", actor=actor, at=at)
    clocks.keep_kinds(row, {PromiseKind.INTERIM}, at)
    event = InterimAnswered(subject_id=row.id, text=given.text, voices=1 if voice else 0)
    told = writing.record(row, event, actor=actor, at=at, fields=("due",))
    title = "How things stand with case %(number)s"
    notify(row, [row.reporter_id], kind="interim", title=title, key=f"interim:{told}", at=at, urgent=False)
    return row


def _open(case: UUID, actor: Actor, at: datetime) -> opening.Opened:
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_hand(actor, opened)
    if opened.case.state == State.CLOSED:
        raise Problem(refusals.ILLEGAL_STEP, state=opened.case.state, verb="contact")
    return opened


def _exhausted(row: Case) -> bool:
    """Whether the level that is responsible now has tried as often as it should."""
    if State(row.state) not in UNSOLVED:
        return False
    at_hand = rules()
    found = attempts.rules_for(
        at_hand.limits.attempts, area=row.area_id, line=at_hand.topics.ancestors(sure_topic(row) or None)
    )
    failed = Attempt.objects.filter(case=row, level=row.responsible_level, reached=False).count()
    return attempts.exhausted(found, holding.level_of(row), failed)

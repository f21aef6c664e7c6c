"""Urging (催办) by anyone above, and taking back what was only a test or sent by mistake."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, opening, parts, spreading, writing
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.states import UNSOLVED, State
from mulian.modules.cases.domain.topics import Kind
from mulian.modules.cases.domain.urging import check_rate
from mulian.modules.cases.events import CaseClosed, CaseUrged
from mulian.modules.cases.models import Case, Urging
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules


@transaction.atomic
def urge(*, case: UUID, actor: Actor, at: datetime, text: str = "") -> Case:
    """Somebody above the responsible one urges; it is told and stays in the history.

    Raises `cases.not_above`, `cases.urged_lately`.
    """
    opened, given = (
        opening.open_case(case, actor=actor, permission=Permission.URGE, at=at),
        content(text=text),
    )
    opening.require_above(actor, opened)
    row = opened.case
    if row.state == State.CLOSED:
        raise Problem(refusals.ILLEGAL_STEP, state=row.state, verb="urge")
    last = Urging.objects.filter(case=row).aggregate(last=Max("at"))["last"]
    check_rate(rules().limits.urging, last=last, at=at, urgent=row.urgent)
    Urging.objects.create(case=row, by_id=actor.person, at=at)
    person = row.responsible_person_id
    event = CaseUrged(subject_id=row.id, person=str(person) if person else None, text=given.text)
    urged = writing.record(row, event, actor=actor, at=at)
    title = "You are urged: case %(number)s"
    spreading.notify(row, [person], kind="urged", title=title, key=f"urged:{urged}", at=at)
    return row


@transaction.atomic
def cancel_test(*, case: UUID, actor: Actor, at: datetime, kind: str = Kind.TEST, reason: str = "") -> Case:
    """It was a test, or was withdrawn: no promise is owed, and it closes. It stays out of all figures."""
    if kind not in (Kind.TEST, Kind.CANCELLED):
        raise Problem("invalid")
    opened, given = (
        opening.open_case(case, actor=actor, permission=Permission.SORT, at=at),
        content(text=reason),
    )
    opening.require_hand(actor, opened)
    row = opened.case
    before = row.state
    if State(before) not in UNSOLVED:
        raise Problem(refusals.ILLEGAL_STEP, state=before, verb="cancel")
    row.kind, row.closed_at, row.waiting_for, row.disputed_at = kind, at, "", None
    writing.enter(row, State.CLOSED, at)
    clocks.cancel(row, at)
    parts.let_go(row, actor, at, reason=given.text or kind)
    event = CaseClosed(subject_id=row.id, before=before, state=row.state, text=given.text, because=kind)
    writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))
    return row

"""Waiting: the work stands still for a reason, for a limited time, and goes on by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.database.batch import together
from mulian.core.database.vendor import skip_locked
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, opening, spreading, writing
from mulian.modules.cases.actions.asking import ask_above
from mulian.modules.cases.actions.opening import named
from mulian.modules.cases.actions.said import content, said
from mulian.modules.cases.domain import extending, pausing
from mulian.modules.cases.domain.promises import Moment
from mulian.modules.cases.domain.states import State, Verb, check_said, step
from mulian.modules.cases.events import CaseWaiting, PauseDecided, PauseEnded
from mulian.modules.cases.models import Case, Pause
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules

BATCH = 20


@transaction.atomic
def wait(
    *, case: UUID, actor: Actor, at: datetime, reason: str = "", code: str = "", until: datetime | None = None
) -> Case:
    """Work cannot go on: the clock of the work stands still until `until`, or for as long as one may alone.

    `code` is a reason of the pack's list, `reason` the words; one of them is needed. What is overdue runs on. A
    longer wait than one may take alone begins now and is put before the level above. Raises
    `cases.reason_needed`, `cases.too_many_pauses`, `cases.pause_too_long`, `cases.unknown_pause_reason`.
    """
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_hand(actor, opened)
    row, given, limits = opened.case, content(text=reason), rules().limits.pauses
    check_said(Verb.WAIT, said(given, reason=code))
    before = row.state
    state = step(State(before), Verb.WAIT, kind=row.kind)
    used = Pause.objects.filter(case=row).count()
    span = pausing.span(limits, reason=code or pausing.OTHER, at=at, until=until, used=used)
    writing.enter(row, state, at)
    row.waiting_for = given.text[:300]
    stopped = clocks.pause(row, at)
    Pause.objects.create(
        case=row, starts=at, reason=row.waiting_for, code=code, by_id=named(actor), stopped=stopped,
        ends_by=span.ends_by, asked_until=span.asked_until,
    )  # fmt: skip
    clocks.begin(row, Moment.DELAYED, at)
    event = CaseWaiting(
        subject_id=row.id, before=before, state=row.state, text=given.text, code=code,
        until=span.ends_by.isoformat(timespec="minutes"),
        asked_until=span.asked_until.isoformat(timespec="minutes") if span.asked_until else None,
    )  # fmt: skip
    waited = writing.record(row, event, actor=actor, at=at, fields=("state", "steps"))
    if span.asked_until:
        title = "A longer wait is asked for: case %(number)s"
        ask_above(opened, at, kind="pause_asked", title=title, key=f"pause_asked:{waited}")
    return row


@transaction.atomic
def decide(*, case: UUID, actor: Actor, at: datetime, granted: bool | None, reason: str = "") -> Case:
    """Somebody else above agrees to a longer wait, or does not: then it ends as if nobody had asked."""
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_above(actor, opened)
    if granted is None:
        raise Problem("invalid")
    row, given = opened.case, content(text=reason)
    held = Pause.objects.select_for_update().filter(
        case=row, ends__isnull=True, asked_until__isnull=False, decided_at__isnull=True
    )
    pause = held.first()
    if pause is None:
        raise Problem(pausing.NOTHING_ASKED)
    if pause.by_id == actor.person:
        raise Problem(extending.OWN)
    pause.decided_by_id, pause.decided_at = actor.person, at
    if granted:
        pause.ends_by = pause.asked_until
    pause.save()
    until = pause.ends_by.isoformat(timespec="minutes") if pause.ends_by else ""
    event = PauseDecided(subject_id=row.id, granted=granted, until=until, text=given.text)
    decided = writing.record(row, event, actor=actor, at=at)
    title = "The longer wait of case %(number)s was decided"
    spreading.notify(row, [pause.by_id], kind="pause_decided", title=title, key=f"pause:{decided}", at=at)
    return row


def sweep_pauses(now: datetime) -> int:
    """Ends pauses whose time is over; the work goes on from the very minute they ended."""
    done = 0
    while moved := _some(now):
        done += moved
    return done


def _some(now: datetime) -> int:
    over = Pause.objects.filter(ends__isnull=True, ends_by__lte=now)
    if not over.exists():
        return 0
    with transaction.atomic(), together():
        due = dict(over.order_by("ends_by").values_list("case", "ends_by")[:BATCH])
        rows = Case.unscoped.because("the sweep ends every pause that is over").filter(id__in=list(due))
        found = list(skip_locked(rows))
        for row in found:
            _go_on(row, due[row.id] or now, now)
    return len(found)


def _go_on(row: Case, ended: datetime, now: datetime) -> None:
    """A case that moved on without ending its pause only gets its clocks back."""
    waited = row.state == State.WAITING
    if waited:
        writing.enter(row, State.IN_WORK, now)
    clocks.end_pause(row, ended)
    event = PauseEnded(subject_id=row.id, ended=ended.isoformat(timespec="minutes"))
    ending = writing.record(row, event, actor=SYSTEM, at=now, fields=("state", "steps"))
    if waited:
        title = "The wait is over: case %(number)s"
        spreading.notify(
            row,
            [row.responsible_person_id],
            kind="pause_over",
            title=title,
            key=f"pause_over:{ending}",
            at=now,
        )

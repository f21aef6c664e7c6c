"""The ladder's sweep: near, due and overdue steps of promises, each exactly once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import together
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.actions.gathering import sure_topic
from mulian.modules.cases.domain import handing, ladder
from mulian.modules.cases.domain.ladder import Step, StepKind
from mulian.modules.cases.domain.receivers import Reason, Receiver, Receivers, join
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.events import PromiseNear, PromiseOverdue
from mulian.modules.cases.models import Case, LadderStep, Promise
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.rules import rules

BATCH, LIMIT = 10, 5000
"""Promises a transaction (it stays short) and a run."""


def sweep_promises(now: datetime) -> int:
    """Fires every step that is due at `now`; any number of workers at once fire each step once."""
    done = 0
    while done < LIMIT and (moved := _some(now)):
        done += moved
    return done


def _some(now: datetime) -> int:
    due = Promise.objects.filter(next_at__lte=now, state=Promise.State.RUNNING)
    if not due.exists():
        return 0
    with transaction.atomic(), together():
        rows = list(skip_locked(due.order_by("next_at", "id"))[:BATCH])
        for row in rows:
            _climb(row, now)
    return len(rows)


def _climb(row: Promise, now: datetime) -> None:
    case = (
        Case.unscoped.because("the ladder serves every case").select_related("about_unit").get(id=row.case_id)
    )
    held, at_hand = holding.promise_of(row), rules().ladders.rules_for(case.area_id)
    fired = set(LadderStep.objects.filter(promise=row).values_list("key", flat=True))
    receivers = holding.receivers_of(case.id)
    if case.state != State.CLOSED:
        steps = ladder.due_steps(
            held,
            now=now,
            rules=at_hand,
            urgent=case.urgent,
            holder=holding.level_of(case),
            fired=fired,
            joined=handing.supervising(receivers),
        )
        _mark(row, steps, now)
        for step in steps:
            receivers = _fire(case, row, step, receivers, now)
    row.next_at = ladder.next_look(held, now=now, rules=at_hand, urgent=case.urgent)
    row.save(update_fields=["next_at"])


def _mark(row: Promise, steps: tuple[Step, ...], now: datetime) -> None:
    """The unique key is the last guard: a step that somebody else fired undoes this whole transaction."""
    LadderStep.objects.bulk_create(
        [LadderStep(promise=row, key=s.key, kind=s.kind, at=s.at, fired_at=now) for s in steps]
    )


def _fire(case: Case, row: Promise, step: Step, receivers: Receivers, now: datetime) -> Receivers:
    if step.kind is StepKind.REMIND:
        _remind(case, row, step, now)
        return receivers
    joining = _joining(case, step, receivers, now)
    after = receivers
    for each in joining:
        after = join(after, each)
    if after != receivers:
        writing.change_receivers(case, after, ground.roster(now), now)
    _announce(case, row, step, joining, now)
    return after


def _remind(case: Case, row: Promise, step: Step, now: datetime) -> None:
    person = case.responsible_person_id
    event = PromiseNear(
        subject_id=case.id,
        promise=row.kind,
        due=row.due.isoformat(timespec="seconds"),
        person=str(person) if person else None,
    )
    writing.record(case, event, actor=SYSTEM, at=now)
    title = "Due soon: case %(number)s"
    spreading.notify(case, [person], kind="near", title=title, key=step.key, at=now)


def _joining(case: Case, step: Step, receivers: Receivers, now: datetime) -> list[Receiver]:
    """Who comes in with a step: a level that supervises, leaders of an alarm."""
    near = opening.around(case, now, topic=sure_topic(case))
    reason = Reason.OVERDUE if step.kind is StepKind.OVERDUE else Reason.URGENT
    found: list[Receiver] = []
    if step.level is not None:
        supervisor = handing.supervisor(step.level, case.area_id, near, reason=reason)
        found += [supervisor] if supervisor else []
    if reason is Reason.URGENT and (step.leader_on_duty or step.all_leaders):
        found += handing.leaders(near, on_duty=not step.all_leaders, reason=reason)
    return _others(found, receivers)


def _others(found: list[Receiver], receivers: Receivers) -> list[Receiver]:
    """Without the responsible one, who cannot supervise themselves."""
    own = {each.key for each in receivers if each.standing == "responsible"}
    return [each for each in found if each.key not in own]


def _announce(case: Case, row: Promise, step: Step, joining: list[Receiver], now: datetime) -> None:
    event = PromiseOverdue(
        subject_id=case.id,
        promise=row.kind,
        step=step.key,
        due=row.due.isoformat(timespec="seconds"),
        receivers=holding.told(joining),
    )
    writing.record(case, event, actor=SYSTEM, at=now)
    alarm = step.kind is not StepKind.OVERDUE
    title = "Nobody has taken the urgent case %(number)s" if alarm else "Overdue: case %(number)s"
    persons = [case.responsible_person_id, *(each.person for each in joining)]
    spreading.notify(case, persons, kind="overdue", title=title, key=step.key, at=now, urgent=alarm)

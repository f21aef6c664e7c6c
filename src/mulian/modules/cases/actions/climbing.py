"""The ladder's sweep: near, due and overdue steps of promises, each exactly once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.database.batch import together
from mulian.core.database.rows import update_many
from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.kernel.event import Event
from mulian.modules.cases.actions import canary, opening, spreading
from mulian.modules.cases.actions.gathering import sure_topic
from mulian.modules.cases.actions.joining import Watched, let_join, read_places, watched
from mulian.modules.cases.actions.marking import mark
from mulian.modules.cases.domain import handing, ladder
from mulian.modules.cases.domain.ladder import Step, StepKind
from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.domain.receivers import Reason, Receiver, Receivers
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.domain.supervising import OPEN
from mulian.modules.cases.domain.surroundings import Surroundings
from mulian.modules.cases.events import PromiseNear, PromiseOverdue
from mulian.modules.cases.models import Case, LadderStep, Promise, Supervision
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.rules import rules

BATCH, LIMIT = 20, 5000
"""Promises a transaction (it stays short) and a run."""


@dataclass
class _Sweep:
    """One transaction's promises, with what they need read together."""

    now: datetime
    cases: dict[UUID, Watched]
    fired: dict[int, set[str]]
    near: dict[tuple[object, ...], Surroundings] = field(default_factory=dict)

    def around(self, case: Case) -> Surroundings:
        """The ground is the same for cases of one area and topic; load does not change in a sweep."""
        topic = sure_topic(case)
        key = (case.area_id, topic, case.about_person_id, case.about_unit_id, case.about_area)
        if key not in self.near:
            self.near[key] = opening.around(case, self.now, topic=topic)
        return self.near[key]


def sweep_promises(now: datetime) -> int:
    """Fires every step that is due at `now`; any number of workers at once fire each step once.

    A case somebody is acting on at this moment is left for the next sweep.
    """
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
        sweep = _Sweep(now, watched({row.case_id for row in rows if row.case_id}), _fired(rows))
        read_places(sweep.cases.values(), now)
        free = [row for row in rows if row.case_id is None or row.case_id in sweep.cases]
        for row in free:
            _climb(row, sweep) if row.case_id else canary.climb(row, sweep.fired[row.pk], now)
        update_many(free, ["next_at", "state", "met_at"])
    return len(free)


def _fired(rows: Sequence[Promise]) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for promise, key in LadderStep.objects.filter(promise__in=rows).values_list("promise_id", "key"):
        found[promise].add(key)
    return found


def _climb(row: Promise, sweep: _Sweep) -> None:
    assert row.case_id is not None
    watch, now = sweep.cases[row.case_id], sweep.now
    case, held = watch.case, holding.promise_of(row)
    at_hand = rules().ladders.rules_for(case.area_id)
    if case.state != State.CLOSED:
        steps = ladder.due_steps(
            held,
            now=now,
            rules=at_hand,
            urgent=case.urgent,
            holder=holding.level_of(case),
            fired=sweep.fired[row.pk],
            joined=handing.supervising(watch.receivers),
        )
        for step in steps:
            mark(row, step, now)
            _fire(watch, row, step, sweep)
    row.next_at = ladder.next_look(held, now=now, rules=at_hand, urgent=case.urgent)


def _fire(watch: Watched, row: Promise, step: Step, sweep: _Sweep) -> None:
    if step.kind is StepKind.REMIND:
        _remind(watch.case, row, step, sweep.now)
        return
    joining = _joining(watch, step, sweep)
    let_join(watch, joining, sweep.now)
    _announce(watch.case, row, step, joining, sweep.now)


def _record(case: Case, event: Event, now: datetime) -> None:
    """Phones see nothing of it, so the case keeps its revision."""
    append(event, actor=SYSTEM, at=now, areas=[case.area_id])


def _remind(case: Case, row: Promise, step: Step, now: datetime) -> None:
    person = case.responsible_person_id
    event = PromiseNear(
        subject_id=case.id,
        promise=row.kind,
        due=row.due.isoformat(timespec="seconds"),
        person=str(person) if person else None,
    )
    _record(case, event, now)
    title = "Due soon: case %(number)s"
    spreading.notify(case, [person], kind="near", title=title, key=step.key, at=now)


def _joining(watch: Watched, step: Step, sweep: _Sweep) -> list[Receiver]:
    """Who comes in with a step: a level that supervises, leaders of an alarm."""
    case, near = watch.case, sweep.around(watch.case)
    reason = Reason.OVERDUE if step.kind is StepKind.OVERDUE else Reason.URGENT
    found: list[Receiver] = []
    if step.level is not None:
        supervisor = handing.supervisor(step.level, case.area_id, near, reason=reason)
        found += [supervisor] if supervisor else []
    if reason is Reason.URGENT and (step.leader_on_duty or step.all_leaders):
        found += handing.leaders(near, on_duty=not step.all_leaders, reason=reason)
    return _others(found, watch.receivers)


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
    _record(case, event, now)
    alarm = step.kind is not StepKind.OVERDUE
    title = "Nobody has taken the urgent case %(number)s" if alarm else "Overdue: case %(number)s"
    persons = [case.responsible_person_id, *(each.person for each in joining), *_supervisors(row)]
    spreading.notify(case, persons, kind="overdue", title=title, key=step.key, at=now, urgent=alarm)


def _supervisors(row: Promise) -> list[UUID]:
    """Whose demand was not answered in time."""
    if row.kind != PromiseKind.SUPERVISE:
        return []
    open_ones = Supervision.objects.filter(case=row.case_id, stage__in=OPEN)
    return list(open_ones.values_list("leader", flat=True))

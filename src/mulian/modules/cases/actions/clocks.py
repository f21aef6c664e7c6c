"""Moves a case's clocks as its steps demand. Called inside an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.modules.cases.actions import gathering, writing
from mulian.modules.cases.domain import promises as rule
from mulian.modules.cases.domain.promises import KEPT_BY, Moment
from mulian.modules.cases.domain.states import TAKEABLE, UNSOLVED, State, Verb
from mulian.modules.cases.models import Case, LadderStep, Promise
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.rules import rules

LIVING = (Promise.State.RUNNING, Promise.State.PAUSED)


def keep(case: Case, verb: Verb, at: datetime) -> None:
    """Promises the verb keeps are met now."""
    kinds = KEPT_BY.get(verb, frozenset())
    policy = rules().policy
    _each(
        case,
        lambda held: rule.keep(held, at=at, policy=policy, area=case.area_id) if held.kind in kinds else held,
        at,
    )


def pause(case: Case, at: datetime) -> None:
    _each(case, lambda held: rule.pause(held, at=at), at)


def resume(case: Case, at: datetime) -> None:
    policy = rules().policy
    _each(case, lambda held: rule.resume(held, at=at, policy=policy, area=case.area_id), at)


def run_again(case: Case, at: datetime) -> None:
    """Reopened: promises the family's veto broke run on from their first start."""
    rows = Promise.objects.filter(case=case).exclude(state=Promise.State.CANCELLED)
    for row in rows.select_for_update():
        held = holding.promise_of(row)
        again = rule.run_again(held)
        if again != held:
            writing.save_promise(case, row, again, at)
    writing.settle_due(case)


def begin(case: Case, moment: Moment, at: datetime) -> None:
    """Starts the promises of a moment; one that ran before (the case was reopened) is not doubled."""
    at_hand = rules()
    made = rule.make_promises(
        moment,
        at=at,
        policy=at_hand.policy,
        area=case.area_id,
        topic=gathering.sure_topic(case) or None,
        urgent=case.urgent,
        topics=at_hand.topics,
    )
    known = set(Promise.objects.filter(case=case).values_list("kind", flat=True)) if made else set()
    Promise.objects.bulk_create(
        writing.start_promises(case, [each for each in made if each.kind not in known], at)
    )


def reassess(case: Case, at: datetime) -> None:
    """After topic, place or urgency changed: each clock runs under the rule that fits now, from its own start.

    What is newly owed (the alarm of a case that became urgent) starts now; what is owed no more is cancelled.
    """
    rows = {row.kind: row for row in Promise.objects.select_for_update().filter(case=case)}
    for kind in rule.PromiseKind:
        wanted = _rule(case, kind)
        row = rows.get(kind)
        if row is not None and row.state in LIVING:
            _replan(case, row, wanted, at)
        elif wanted and _newly_owed(case, row, wanted):
            _owe(case, row, wanted, at)
    writing.settle_due(case)


def _rule(case: Case, kind: rule.PromiseKind) -> rule.Rule | None:
    if case.kind in rule.NO_PROMISE:
        return None
    at_hand = rules()
    return at_hand.policy.rule_for(
        kind,
        area=case.area_id,
        topic=gathering.sure_topic(case) or None,
        urgent=case.urgent,
        day=case.received_at.astimezone(CN).date(),
        topics=at_hand.topics,
    )


def _replan(case: Case, row: Promise, wanted: rule.Rule | None, at: datetime) -> None:
    if wanted is None:
        row.state, row.next_at = Promise.State.CANCELLED, None
        row.save()
    elif wanted.code != row.policy:
        pauses = [Period(p.starts, p.ends) for p in case.pauses.filter(ends__gt=row.start)]
        held = rule.replan(
            holding.promise_of(row), wanted, policy=rules().policy, pauses=pauses, area=case.area_id
        )
        writing.save_promise(case, row, held, at)


def _newly_owed(case: Case, row: Promise | None, wanted: rule.Rule) -> bool:
    """A promise of the report's own moment, for work not done yet; a case already taken owes no taking."""
    if wanted.moment is not Moment.RECEIVED or State(case.state) not in UNSOLVED:
        return False
    if wanted.kind is rule.PromiseKind.TAKE and State(case.state) not in TAKEABLE:
        return False
    return row is None or row.state == Promise.State.CANCELLED


def _owe(case: Case, row: Promise | None, wanted: rule.Rule, at: datetime) -> None:
    made = rule.promise(wanted, at=at, policy=rules().policy, area=case.area_id)
    if row is None:
        Promise.objects.bulk_create(writing.start_promises(case, [made], at))
        return
    LadderStep.objects.filter(promise=row).delete()
    writing.save_promise(case, row, made, at)


def cancel(case: Case) -> None:
    """Nothing is owed: every clock that runs is taken away."""
    Promise.objects.filter(case=case, state__in=LIVING).update(state=Promise.State.CANCELLED, next_at=None)
    case.next_due = None


def _each(case: Case, change: Callable[[rule.Promise], rule.Promise], at: datetime) -> None:
    rows = list(Promise.objects.select_for_update().filter(case=case, state__in=LIVING))
    for row in rows:
        held = holding.promise_of(row)
        after = change(held)
        if after != held:
            writing.save_promise(case, row, after, at)
    running = [row.due for row in rows if row.state == Promise.State.RUNNING]
    case.next_due = min(running, default=None)

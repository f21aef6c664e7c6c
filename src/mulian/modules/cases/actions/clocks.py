"""Moves a case's clocks as its steps demand. Called inside an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mulian.modules.cases.actions import gathering, writing
from mulian.modules.cases.domain import promises as rule
from mulian.modules.cases.domain.promises import KEPT_BY, Moment
from mulian.modules.cases.domain.states import Verb
from mulian.modules.cases.models import Case, Promise
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

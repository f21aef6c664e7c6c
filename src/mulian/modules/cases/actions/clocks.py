"""Moves a case's clocks as its steps demand. Called inside an act."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.modules.cases.actions import gathering, writing
from mulian.modules.cases.domain import promises as rule
from mulian.modules.cases.domain.promises import KEPT_BY, Moment
from mulian.modules.cases.domain.states import TAKEABLE, UNSOLVED, State, Verb
from mulian.modules.cases.domain.supervising import OPEN as SUPERVISED
from mulian.modules.cases.domain.supervising import Stage
from mulian.modules.cases.models import Case, LadderStep, Pause, Promise, Supervision
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.policies import policy_of
from mulian.modules.cases.queries.rules import rules

LIVING = (Promise.State.RUNNING, Promise.State.PAUSED)
BY_RULE = tuple(
    kind for kind in rule.PromiseKind if kind not in (rule.PromiseKind.SUPERVISE, rule.PromiseKind.CANARY)
)
"""Kinds whose time the county's rules give; a supervision's is the leader's."""


def keep(case: Case, verb: Verb, at: datetime) -> None:
    """Promises the verb keeps are met now; closing ends a supervision and a pause too."""
    if verb is Verb.CLOSE:
        _end_asking(case, at)
    keep_kinds(case, KEPT_BY.get(verb, frozenset()), at)


def keep_kinds(case: Case, kinds: Collection[rule.PromiseKind], at: datetime) -> None:
    """These promises are met now."""
    _each(case, lambda held: _met(case, held, at) if held.kind in kinds else held, at)


def pause(case: Case, at: datetime) -> bool:
    """What may stand still does; what is overdue runs on. Says whether any clock stopped."""
    _each(case, lambda held: rule.pause(held, at=at) if rule.may_pause(held, at=at) else held, at)
    return Promise.objects.filter(case=case, state=Promise.State.PAUSED).exists()


def end_pause(case: Case, at: datetime) -> None:
    """The case waits no longer since `at`; its clocks run again from then on."""
    case.waiting_for = ""
    Pause.objects.filter(case=case, ends__isnull=True).update(ends=at)
    _each(
        case,
        lambda held: rule.resume(held, at=at, policy=policy_of(held.version), area=case.area_id),
        at,
    )


def _met(case: Case, held: rule.Promise, at: datetime) -> rule.Promise:
    return rule.keep(held, at=at, policy=policy_of(held.version), area=case.area_id)


def _end_asking(case: Case, at: datetime) -> None:
    Pause.objects.filter(case=case, ends__isnull=True).update(ends=at)
    Supervision.objects.filter(case=case, stage__in=SUPERVISED).update(stage=Stage.ENDED, ended_at=at)


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
    """Starts the promises of a moment; one that ran before (the case was reopened) is not doubled.

    One that a policy had taken away begins anew.
    """
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
    known = {row.kind: row for row in Promise.objects.filter(case=case)} if made else {}
    fresh = [each for each in made if each.kind not in known]
    Promise.objects.bulk_create(writing.start_promises(case, fresh, at))
    for each in made:
        row = known.get(each.kind)
        if row is not None and row.state == Promise.State.CANCELLED:
            _anew(case, row, each, at)


def reassess(case: Case, at: datetime) -> None:
    """After topic, place or urgency changed: each clock runs under the rule that fits now, from its own start.

    What is newly owed (the alarm of a case that became urgent) starts now; what is owed no more is cancelled.
    """
    rows = {row.kind: row for row in Promise.objects.select_for_update().filter(case=case)}
    for kind in BY_RULE:
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
        pauses = [Period(p.starts, p.ends) for p in case.pauses.filter(ends__gt=row.start, stopped=True)]
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
    else:
        _anew(case, row, made, at)


def _anew(case: Case, row: Promise, made: rule.Promise, at: datetime) -> None:
    """In the row of one that was taken away; its steps may fire again."""
    LadderStep.objects.filter(promise=row).delete()
    writing.save_promise(case, row, made, at)
    case.next_due = min(made.due, case.next_due) if case.next_due else made.due


def cancel(case: Case, at: datetime) -> None:
    """Nothing is owed: every clock that runs is taken away."""
    _end_asking(case, at)
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

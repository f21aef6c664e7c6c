"""Planning promises again under a changed policy: what moves, what is newly owed, what is owed no more.

A kind of promise that the policy adds begins for open cases when the change was decided: nobody could keep it
before. One that an earlier change took away runs on from its own first start when it is owed again, so that a
change and its undoing leave every deadline as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.modules.cases.domain.promises import (
    NO_PROMISE,
    STANDS_STILL,
    Moment,
    Policy,
    Promise,
    PromiseKind,
    Rule,
    promise,
    recount,
    replan,
)
from mulian.modules.cases.domain.states import TAKEABLE, UNSOLVED, State
from mulian.modules.cases.domain.topics import Kind, Topics

OWN_AMOUNT = frozenset({PromiseKind.SUPERVISE})
"""Kinds whose amount no rule gives: only their calendar can change."""
ADDED = tuple(kind for kind in PromiseKind if kind not in {*OWN_AMOUNT, PromiseKind.CANARY})
"""Kinds that a policy can add to open cases."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What of a case decides which rule its promises have. `topic` is empty unless it is sure."""

    area: str
    topic: str
    kind: str
    urgent: bool


@dataclass(frozen=True, kw_only=True)
class Life:
    """How far a case has come. `reached`: the family was spoken to; `waits_since`: its work's clock stands still."""

    state: State
    disputed: bool = False
    reached: bool = False
    waits_since: datetime | None = None

    def begins(self, rule: Rule) -> bool:
        """Whether the case stands where the rule's promise starts, and has not done yet what it asks for."""
        if rule.kind is PromiseKind.TAKE:
            return self.state in TAKEABLE
        if rule.kind is PromiseKind.CONTACT and self.reached:
            return False
        return {
            Moment.RECEIVED: self.state in UNSOLVED,
            Moment.DELAYED: self.state is State.WAITING,
            Moment.SOLVED: self.state is State.SOLVED,
            Moment.ANSWERED: self.state is State.ANSWERED,
            Moment.DISPUTED: self.disputed,
            Moment.SUPERVISED: False,
        }[rule.moment]


@dataclass
class Figures:
    """How many promises a planning touches, and what becomes of them."""

    promises: int = 0
    moved: int = 0
    now_overdue: int = 0
    no_longer_overdue: int = 0
    cancelled: int = 0
    added: int = 0

    def count(self, before: Promise, after: Promise | None, now: datetime) -> None:
        self.promises += 1
        if after is None:
            self.cancelled += 1
            return
        self.moved += after.due != before.due
        late, later = _late(before, now), _late(after, now)
        self.now_overdue += later and not late
        self.no_longer_overdue += late and not later

    def add(self, after: Promise, now: datetime) -> None:
        """One that is newly owed, or owed again."""
        self.added += 1
        self.now_overdue += _late(after, now)


class Planner:
    """Plans promises under one policy. Rules are looked up once for each kind of case, so 50,000 are quick."""

    def __init__(self, policy: Policy, topics: Topics) -> None:
        self._policy, self._topics = policy, topics
        self._rules: dict[tuple[Subject, PromiseKind, date], Rule | None] = {}

    def plan(self, held: Promise, of: Subject, pauses: Iterable[Period]) -> Promise | None:
        """The promise as it will be; None when nothing of its kind is owed any more."""
        if held.kind in OWN_AMOUNT:
            return recount(held, policy=self._policy, pauses=pauses, area=of.area)
        rule = self._rule(of, held.kind, held.start.astimezone(CN).date())
        return replan(held, rule, policy=self._policy, pauses=pauses, area=of.area) if rule else None

    def owed(
        self,
        kind: PromiseKind,
        of: Subject,
        life: Life,
        *,
        since: datetime,
        before: Promise | None = None,
        pauses: Iterable[Period] = (),
    ) -> Promise | None:
        """A promise the case has none of, if the policy wants one of it; `since`: when the change was decided.

        `before`: the one that was taken away; it runs on from its own start with all it was granted.
        """
        start = before.start if before else since
        rule = self._rule(of, kind, start.astimezone(CN).date())
        if rule is None or not life.begins(rule):
            return None
        if before is None:
            return promise(rule, at=since, policy=self._policy, area=of.area)
        held = replace(before, paused_at=life.waits_since if kind in STANDS_STILL else None)
        return replan(held, rule, policy=self._policy, pauses=pauses, area=of.area)

    def _rule(self, of: Subject, kind: PromiseKind, day: date) -> Rule | None:
        key = (of, kind, day)
        if key not in self._rules:
            self._rules[key] = None if Kind(of.kind) in NO_PROMISE else self._policy.rule_for(
                kind, area=of.area, topic=of.topic or None, urgent=of.urgent, day=day, topics=self._topics
            )  # fmt: skip
        return self._rules[key]


def _late(held: Promise, now: datetime) -> bool:
    return held.paused_at is None and now >= held.due

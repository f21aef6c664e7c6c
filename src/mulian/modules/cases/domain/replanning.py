"""Planning promises again under a changed policy: what moves, what becomes overdue, what no longer is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.modules.cases.domain.promises import (
    NO_PROMISE,
    Policy,
    Promise,
    PromiseKind,
    Rule,
    recount,
    replan,
)
from mulian.modules.cases.domain.topics import Kind, Topics

OWN_AMOUNT = frozenset({PromiseKind.SUPERVISE})
"""Kinds whose amount no rule gives: only their calendar can change."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What of a case decides which rule its promises have. `topic` is empty unless it is sure."""

    area: str
    topic: str
    kind: str
    urgent: bool


@dataclass
class Figures:
    """How many promises a planning touches, and what becomes of them."""

    promises: int = 0
    moved: int = 0
    now_overdue: int = 0
    no_longer_overdue: int = 0
    cancelled: int = 0

    def count(self, before: Promise, after: Promise | None, now: datetime) -> None:
        self.promises += 1
        if after is None:
            self.cancelled += 1
            return
        self.moved += after.due != before.due
        late, later = _late(before, now), _late(after, now)
        self.now_overdue += later and not late
        self.no_longer_overdue += late and not later


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

    def _rule(self, of: Subject, kind: PromiseKind, day: date) -> Rule | None:
        key = (of, kind, day)
        if key not in self._rules:
            self._rules[key] = None if Kind(of.kind) in NO_PROMISE else self._policy.rule_for(
                kind, area=of.area, topic=of.topic or None, urgent=of.urgent, day=day, topics=self._topics
            )  # fmt: skip
        return self._rules[key]


def _late(held: Promise, now: datetime) -> bool:
    return held.paused_at is None and now >= held.due

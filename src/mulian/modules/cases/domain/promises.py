"""Promises: what a case owes, from when, until when.

One promise per obligation, each with its own start and stop. The rules are dated data of the pack, chosen
by area, topic, urgency and the day the promise starts; the answer is a pure function of start, amount,
calendar and pauses, so it can be replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.kernel.worktime import Calendar, after, between
from mulian.modules.cases.domain import versions
from mulian.modules.cases.domain.states import Verb
from mulian.modules.cases.domain.topics import Kind, Topics


class PromiseKind(StrEnum):
    """The obligations a case can carry."""

    TAKE = "take"
    CONTACT = "contact"
    SOLVE = "solve"
    ANSWER = "answer"
    INTERIM = "interim"
    FEEDBACK = "feedback"
    SUPERVISE = "supervise"
    DECIDE = "decide"
    CANARY = "canary"
    """No family's: a promise to nobody that must climb every hour, so that a ladder standing still is seen."""


class Moment(StrEnum):
    """What starts a promise."""

    RECEIVED = "received"
    DELAYED = "delayed"
    SOLVED = "solved"
    ANSWERED = "answered"
    SUPERVISED = "supervised"
    DISPUTED = "disputed"


STARTS: Mapping[PromiseKind, Moment] = {
    PromiseKind.TAKE: Moment.RECEIVED,
    PromiseKind.CONTACT: Moment.RECEIVED,
    PromiseKind.SOLVE: Moment.RECEIVED,
    PromiseKind.ANSWER: Moment.SOLVED,
    PromiseKind.INTERIM: Moment.DELAYED,
    PromiseKind.FEEDBACK: Moment.ANSWERED,
    PromiseKind.SUPERVISE: Moment.SUPERVISED,
    PromiseKind.DECIDE: Moment.DISPUTED,
    PromiseKind.CANARY: Moment.SUPERVISED,
}
"""Delayed: the responsible one says it cannot be solved soon (waits, or asks for more time)."""
KEPT_BY: Mapping[Verb, frozenset[PromiseKind]] = {
    Verb.TAKE: frozenset({PromiseKind.TAKE}),
    Verb.ASSIGN: frozenset({PromiseKind.DECIDE}),
    Verb.SOLVE: frozenset({PromiseKind.TAKE, PromiseKind.SOLVE, PromiseKind.INTERIM, PromiseKind.DECIDE}),
    Verb.ANSWER: frozenset({PromiseKind.ANSWER, PromiseKind.CONTACT, PromiseKind.INTERIM}),
    Verb.CLOSE: frozenset(PromiseKind),
}
"""Which promises a verb keeps; a recorded call or visit keeps contact, an interim answer interim."""
BROKEN_BY_REOPENING = frozenset({PromiseKind.SOLVE, PromiseKind.ANSWER, PromiseKind.FEEDBACK})
"""Promises that run again, from their original start, when the family or a leader reopens a case."""
STANDS_STILL = frozenset({PromiseKind.SOLVE})
"""What a pause stops: the work. The family is still owed contact and word, and a demand from above its reply."""
NO_PROMISE = frozenset({Kind.THANKS, Kind.TEST, Kind.CANCELLED})


@dataclass(frozen=True, kw_only=True)
class Amount:
    """How long: wall-clock minutes within the calendar, and days of the calendar."""

    minutes: int = 0
    days: int = 0

    def within(self, calendar: Calendar) -> timedelta:
        """As working time: a day is 24 hours round the clock, else one ordinary working day."""
        return timedelta(minutes=self.minutes) + self.days * calendar.day


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One dated rule. Empty `areas` and `topics` mean everywhere; `urgent` None means either."""

    code: str
    kind: PromiseKind
    amount: Amount
    clock: str = "round"
    urgent: bool | None = None
    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    valid_from: date = date.min
    valid_to: date | None = None
    starts: Moment | None = None

    @property
    def moment(self) -> Moment:
        """What starts it: stated by the pack, else usual for its kind."""
        return self.starts or STARTS[self.kind]


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One obligation of one case.

    `allotted`, `extended` (granted on top) and `paused` (spent in pauses) are working time. `version` names the
    policy it is counted by, `round` tells the demands of one supervision apart.
    """

    kind: PromiseKind
    rule: str
    clock: str
    start: datetime
    allotted: timedelta
    due: datetime
    remind_at: datetime
    extended: timedelta = timedelta(0)
    paused: timedelta = timedelta(0)
    version: str = ""
    round: int = 1
    paused_at: datetime | None = None
    met_at: datetime | None = None

    @property
    def running(self) -> bool:
        return self.met_at is None and self.paused_at is None

    def state(self, now: datetime) -> str:
        """`met`, `late` (met after due), `paused`, `overdue` or `running`; for people and for the API."""
        if self.met_at:
            return "late" if self.met_at > self.due else "met"
        if self.paused_at:
            return "paused"
        return "overdue" if now >= self.due else "running"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All rules and calendars of a pack, and the share of a promise after which it reminds.

    `kept_as`: the name of an earlier policy that was read back; it counts on what runs and makes nothing new.
    """

    rules: tuple[Rule, ...]
    calendars: Mapping[str, Calendar]
    remind_share: float = 0.8
    remind_here: Mapping[str, float] = field(default_factory=dict)
    kept_as: str = ""

    @cached_property
    def version(self) -> str:
        """The name of all that deadlines are counted by: another rule, calendar or share is another version."""
        return self.kept_as or versions.name_of(self)

    @cached_property
    def _of_kind(self) -> Mapping[PromiseKind, tuple[Rule, ...]]:
        return {kind: tuple(rule for rule in self.rules if rule.kind is kind) for kind in PromiseKind}

    def rule_for(
        self, kind: PromiseKind, *, area: str, topic: str | None, urgent: bool, day: date, topics: Topics
    ) -> Rule | None:
        """The most particular rule valid on `day`: urgent before topic before area before the newest."""
        line = topics.ancestors(topic)
        fitting = [
            rule
            for rule in self._of_kind[kind]
            if rule.valid_from <= day
            and (rule.valid_to is None or day < rule.valid_to)
            and rule.urgent in (None, urgent)
            and (not rule.areas or any(area.startswith(each) for each in rule.areas))
            and (not rule.topics or any(each in line for each in rule.topics))
        ]
        return max(fitting, key=lambda rule: _particular(rule, area, line), default=None)

    def share(self, area: str) -> float:
        """After which share of a promise an area reminds; the nearest enclosing area that states one wins."""
        fitting = [each for each in self.remind_here if area.startswith(each)]
        return self.remind_here[max(fitting, key=len)] if fitting else self.remind_share

    def calendar(self, code: str) -> Calendar:
        return self.calendars[code]


def make_promises(
    moment: Moment,
    *,
    at: datetime,
    policy: Policy,
    area: str,
    topic: str | None,
    urgent: bool,
    topics: Topics,
    kind: Kind | None = None,
) -> tuple[Promise, ...]:
    """The promises that `moment` starts at `at` (the server's time). Thanks and tests start none."""
    if (kind or topics.kind(topic)) in NO_PROMISE:
        return ()
    day = at.astimezone(CN).date()
    rules = [
        policy.rule_for(each, area=area, topic=topic, urgent=urgent, day=day, topics=topics)
        for each in PromiseKind
    ]
    return tuple(
        promise(rule, at=at, policy=policy, area=area) for rule in rules if rule and rule.moment is moment
    )


def promise(rule: Rule, *, at: datetime, policy: Policy, area: str = "") -> Promise:
    """One promise under one rule, started at `at`."""
    calendar = policy.calendar(rule.clock)
    allotted = rule.amount.within(calendar)
    due, near = _times(calendar, policy.share(area), at, allotted, timedelta(0))
    return Promise(
        kind=rule.kind, rule=rule.code, clock=rule.clock, start=at, allotted=allotted, due=due, remind_at=near,
        version=policy.version,
    )  # fmt: skip


def may_pause(held: Promise, *, at: datetime) -> bool:
    """Whether a pause stops it. What is overdue stays overdue: nobody stops a clock that has run out."""
    return held.kind in STANDS_STILL and held.running and at < held.due


def extend(held: Promise, by: Amount, *, policy: Policy, area: str = "") -> Promise:
    """More time, counted in the promise's own calendar; what was granted before is kept."""
    calendar = policy.calendar(held.clock)
    longer = replace(held, extended=held.extended + by.within(calendar))
    return _timed(longer, calendar, policy.share(area))


def pause(held: Promise, *, at: datetime) -> Promise:
    """Stop the clock while the case waits; a promise kept or paused already stays as it is."""
    return replace(held, paused_at=at) if held.running else held


def resume(held: Promise, *, at: datetime, policy: Policy, area: str = "") -> Promise:
    """Start the clock again: due moves by exactly the working time that passed in the pause."""
    if held.paused_at is None:
        return held
    calendar = policy.calendar(held.clock)
    spent = held.paused + between(calendar, held.paused_at, at)
    return _timed(replace(held, paused=spent, paused_at=None), calendar, policy.share(area))


def keep(held: Promise, *, at: datetime, policy: Policy, area: str = "") -> Promise:
    """The promise is met at `at`; a pause ends with it. The first time counts."""
    if held.met_at:
        return held
    return replace(resume(held, at=at, policy=policy, area=area), met_at=at)


def run_again(held: Promise) -> Promise:
    """A reopened case owes the work again, with the original start and due time."""
    return replace(held, met_at=None) if held.kind in BROKEN_BY_REOPENING else held


def replan(held: Promise, rule: Rule, *, policy: Policy, pauses: Iterable[Period], area: str = "") -> Promise:
    """The same promise under a changed rule or calendar; time paused and time granted are never lost."""
    allotted = rule.amount.within(policy.calendar(rule.clock))
    fresh = replace(held, rule=rule.code, clock=rule.clock, allotted=allotted)
    return recount(fresh, policy=policy, pauses=pauses, area=area)


def recount(held: Promise, *, policy: Policy, pauses: Iterable[Period], area: str = "") -> Promise:
    """Counted again under a policy, with the amount it has: a pure function of what is kept of it."""
    calendar, paused = policy.calendar(held.clock), timedelta(0)
    for each in pauses if held.kind in STANDS_STILL else ():
        paused += between(calendar, max(each.start, held.start), each.end) if each.end else timedelta(0)
    due, near = _times(calendar, policy.share(area), held.start, held.allotted + held.extended, paused)
    return replace(held, paused=paused, version=policy.version, due=due, remind_at=near)


def _timed(held: Promise, calendar: Calendar, share: float) -> Promise:
    due, near = _times(calendar, share, held.start, held.allotted + held.extended, held.paused)
    return replace(held, due=due, remind_at=near)


def _times(
    calendar: Calendar, share: float, start: datetime, allotted: timedelta, paused: timedelta
) -> tuple[datetime, datetime]:
    """When it is due, and when somebody is reminded."""
    due = after(calendar, start, allotted + paused)
    return due, min(after(calendar, start, allotted * share + paused), due)


def _particular(rule: Rule, area: str, line: tuple[str, ...]) -> tuple[bool, int, int, date, str]:
    topic = max((len(line) - line.index(each) for each in rule.topics if each in line), default=0)
    place = max((len(each) for each in rule.areas if area.startswith(each)), default=0)
    return rule.urgent is not None, topic, place, rule.valid_from, rule.code

"""Whistle (吹哨报到): a township or the county calls departments in; each owes a part of one case.

A part has two clocks of its own, told apart from the case's: to report in, and to answer. Both start with the
whistle and stop when the department does what they say; answering counts as having reported in. The lead can
only solve the case when every part is answered, or lets a part go with a reason that is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.kernel.worktime import ROUND
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.promises import Amount, Policy, PromiseKind, Rule, keep, promise
from mulian.modules.cases.domain.promises import Promise as Clock
from mulian.modules.cases.domain.receivers import Reason, Receiver, Receivers, Standing, join
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.states import UNSOLVED, State

WHISTLERS = frozenset({Level.TOWNSHIP, Level.COUNTY, Level.LEADER})

FOUR_HOURS, HALF_AN_HOUR, THREE_DAYS = Amount(minutes=240), Amount(minutes=30), Amount(days=3)
"""Where a pack says nothing."""


class PartState(StrEnum):
    CALLED = "called"
    HERE = "here"
    ANSWERED = "answered"
    LET_GO = "let_go"


OWED = frozenset({PartState.CALLED, PartState.HERE})


class StepKind(StrEnum):
    """What a part's own short ladder tells: not reported in, nearly due, overdue."""

    ABSENT = "absent"
    NEAR = "near"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True)
class Whistle:
    """The pack's times for those called in; `clock` names the calendar both count in."""

    report_in: Amount = FOUR_HOURS
    urgent_report_in: Amount = HALF_AN_HOUR
    answer: Amount = THREE_DAYS
    clock: str = "round"


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one unit owes: when it was called, its clocks, and how it ended."""

    state: PartState
    report_in: Clock
    answer: Clock


def today(at: datetime) -> Amount:
    """Help for one family the same day: until midnight in the county, two hours at least."""
    local = at.astimezone(CN)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), CN)
    return Amount(minutes=max(120, int((midnight - local).total_seconds() // 60)))


def call(
    whistle: Whistle, *, at: datetime, policy: Policy, area: str, urgent: bool, same_day: bool = False
) -> Part:  # fmt: skip
    """A part called in at `at`, both clocks running; `same_day` is relief for a family, round the clock."""
    first = whistle.urgent_report_in if urgent or same_day else whistle.report_in
    calendar = ROUND.code if same_day else whistle.clock

    def clock(kind: PromiseKind, amount: Amount) -> Clock:
        rule = Rule(code=f"whistle-{kind}", kind=kind, amount=amount, clock=calendar)
        return promise(rule, at=at, policy=policy, area=area)

    return Part(
        state=PartState.CALLED,
        report_in=clock(PromiseKind.TAKE, first),
        answer=clock(PromiseKind.ANSWER, today(at) if same_day else whistle.answer),
    )


def report_in(part: Part, *, at: datetime, policy: Policy) -> Part:
    """Somebody of the unit is on it. Raises `cases.illegal_step` unless it was only called."""
    if part.state is not PartState.CALLED:
        raise Problem(refusals.ILLEGAL_STEP, state=part.state.value, verb="report-in")
    return replace(part, state=PartState.HERE, report_in=keep(part.report_in, at=at, policy=policy))


def answer(part: Part, *, at: datetime, policy: Policy) -> Part:
    """The unit says what it did; both clocks stop. Raises `cases.illegal_step` for a part that is over."""
    _owed(part, "answer")
    return replace(
        part,
        state=PartState.ANSWERED,
        report_in=keep(part.report_in, at=at, policy=policy),
        answer=keep(part.answer, at=at, policy=policy),
    )


def let_go(part: Part, *, reason: str) -> Part:
    """The lead goes on without it. Raises `cases.parts_open` without a reason."""
    _owed(part, "let-go")
    if not reason.strip():
        raise Problem(refusals.PARTS_OPEN)
    return replace(part, state=PartState.LET_GO)


def _owed(part: Part, verb: str) -> None:
    if part.state not in OWED:
        raise Problem(refusals.ILLEGAL_STEP, state=part.state.value, verb=verb)


def check_whistle(state: State, level: Level | None) -> None:
    """Only a township, the county or a leader whistles, and only while the work is owed."""
    if level not in WHISTLERS:
        raise Problem(refusals.NO_WHISTLE)
    if state not in UNSOLVED:
        raise Problem(refusals.ILLEGAL_STEP, state=state.value, verb="whistle")


def check_over(parts: Iterable[PartState], reason: str) -> None:
    """A case is solved when every part is over. Raises `cases.parts_open` where one is owed and no reason given."""
    if any(state in OWED for state in parts) and not reason.strip():
        raise Problem(refusals.PARTS_OPEN)


def stays(receivers: Receivers, whistler: Receiver) -> Receivers:
    """Who whistled and does not lead any more helps on: it never stops being a receiver."""
    return join(receivers, whistler.standing_as(Standing.HELPER, Reason.WHISTLES))


def due_steps(part: Part, *, after: datetime, now: datetime) -> tuple[StepKind, ...]:
    """The steps of a part that fell due in (after, now], in order; a part that is over takes none."""
    found = sorted((at, kind.value, kind) for at, kind in _steps(part) if after < at <= now)
    return tuple(kind for _, _, kind in found)


def next_look(part: Part, *, now: datetime) -> datetime | None:
    """When the sweep must look again after `now`; None when nothing can fall due any more."""
    return min((at for at, _ in _steps(part) if at > now), default=None)


def _steps(part: Part) -> Iterator[tuple[datetime, StepKind]]:
    if part.state is PartState.CALLED:
        yield part.report_in.due, StepKind.ABSENT
    if part.state in OWED:
        yield part.answer.remind_at, StepKind.NEAR
        yield part.answer.due, StepKind.OVERDUE

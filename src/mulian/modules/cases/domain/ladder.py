"""The ladder: which steps of a promise are due (DESIGN §3, rule 5).

At 80 % of a promise it reminds. Overdue, the next level joins and supervises; each further day one level
more, a leader last. An urgent case not taken is told to the next level and the leader on duty after 15
minutes and to all leaders after 30. Every step has a key that stays the same however often it is computed,
so a unique row makes it fire once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from mulian.kernel.quiet import NIGHT, QuietHours
from mulian.modules.cases.domain.handing import levels_above
from mulian.modules.cases.domain.promises import Promise, PromiseKind
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.surroundings import ORDERS


class StepKind(StrEnum):
    """What a step does."""

    REMIND = "remind"
    OVERDUE = "overdue"
    URGENT_FIRST = "urgent_first"
    URGENT_ALL = "urgent_all"


@dataclass(frozen=True, kw_only=True)
class LadderRules:
    """The pack's ladder. Minutes count from the start of an urgent take promise."""

    orders: tuple[Level, ...] = ORDERS
    urgent_first_minutes: int = 15
    urgent_all_minutes: int = 30
    step: timedelta = timedelta(hours=24)
    quiet: QuietHours = NIGHT


@dataclass(frozen=True)
class Ladders:
    """The pack's ladder and those of single areas; the nearest enclosing area wins."""

    usual: LadderRules
    here: Mapping[str, LadderRules] = field(default_factory=dict)

    def rules_for(self, area: str) -> LadderRules:
        fitting = [each for each in self.here if area.startswith(each)]
        return self.here[max(fitting, key=len)] if fitting else self.usual


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step that is due.

    `level` joins and supervises (None for a reminder, which goes to the responsible one). `leader_on_duty`
    and `all_leaders` say which leaders are told. `tell_at` is when people may be told: quiet hours hold
    back what is not urgent; the step itself counts from `at`.
    """

    key: str
    kind: StepKind
    promise: PromiseKind
    at: datetime
    tell_at: datetime
    level: Level | None = None
    leader_on_duty: bool = False
    all_leaders: bool = False


def due_steps(
    held: Promise,
    *,
    now: datetime,
    rules: LadderRules,
    urgent: bool,
    holder: Level | None,
    fired: Collection[str] = (),
    joined: Collection[Level] = (),
) -> tuple[Step, ...]:
    """The steps of one promise that are due at `now` and have not fired, in order.

    `holder` is the level of the responsible one now, `joined` the levels that already supervise through the
    ladder. A promise kept or paused takes no step. A demand of a supervision that is not answered in time has
    one: whoever supervises is told; they stand above already.
    """
    if not held.running:
        return ()
    steps: Iterator[Step]
    if _is_urgent_take(held, urgent):
        steps = _urgent(held, rules, holder)
    elif held.kind is PromiseKind.SUPERVISE:
        steps = iter([_step(held, StepKind.OVERDUE, 0, held.due, urgent=False, rules=rules)])
    else:
        steps = _climb(held, now, rules, holder, joined, fired)
    return tuple(
        step for step in (*_remind(held, urgent, rules), *steps) if step.at <= now and step.key not in fired
    )


def next_look(held: Promise, *, now: datetime, rules: LadderRules, urgent: bool) -> datetime | None:
    """When the sweep must look at this promise again after `now`; None when no more steps can come."""
    if not held.running:
        return None
    times = [held.remind_at, held.due]
    if _is_urgent_take(held, urgent):
        times += [held.start + timedelta(minutes=rules.urgent_first_minutes), _all_at(held, rules)]
    elif held.kind is not PromiseKind.SUPERVISE:
        times += [held.due + rules.step * number for number in range(1, len(rules.orders) + 1)]
    return min((at for at in times if at > now), default=None)


def look_at(held: Promise, *, now: datetime, rules: LadderRules, urgent: bool) -> datetime | None:
    """When the sweep must look next at a promise that was just made or changed.

    A change may have moved its times into the past (another rule, a case opened again): then it looks at once,
    and steps that fired before do not fire again.
    """
    if held.running and now >= min(held.due, held.remind_at):
        return now
    return next_look(held, now=now, rules=rules, urgent=urgent)


def key(held: Promise, kind: StepKind, number: int = 0) -> str:
    """The lasting name of a step within a case. Pauses and changed policies do not change it."""
    demand = f".{held.round}" if held.round > 1 else ""
    return f"{held.kind}{demand}:{kind}:{number}"


def _is_urgent_take(held: Promise, urgent: bool) -> bool:
    return urgent and held.kind is PromiseKind.TAKE


def _remind(held: Promise, urgent: bool, rules: LadderRules) -> Iterator[Step]:
    yield _step(held, StepKind.REMIND, 0, held.remind_at, urgent=urgent, rules=rules)


def _urgent(held: Promise, rules: LadderRules, holder: Level | None) -> Iterator[Step]:
    level = next(iter(levels_above(holder, rules.orders)), None)
    first = held.start + timedelta(minutes=rules.urgent_first_minutes)
    yield _step(
        held, StepKind.URGENT_FIRST, 0, first, urgent=True, rules=rules, level=level, leader_on_duty=True
    )
    yield _step(
        held, StepKind.URGENT_ALL, 0, _all_at(held, rules), urgent=True, rules=rules, all_leaders=True
    )


def _all_at(held: Promise, rules: LadderRules) -> datetime:
    return held.start + timedelta(minutes=rules.urgent_all_minutes)


def _climb(
    held: Promise,
    now: datetime,
    rules: LadderRules,
    holder: Level | None,
    joined: Collection[Level],
    fired: Collection[str],
) -> Iterator[Step]:
    """One level for each day overdue; a level that joined before is not asked again."""
    if Level.LEADER in joined:
        return
    orders = () if held.kind is PromiseKind.DECIDE else rules.orders
    levels = iter([level for level in levels_above(holder, orders) if level not in joined])
    for number in range(len(rules.orders) + 1):
        at = held.due + rules.step * number
        if at > now:
            return
        if key(held, StepKind.OVERDUE, number) in fired:
            continue
        level = next(levels, None)
        if level is None and number:
            return
        yield _step(held, StepKind.OVERDUE, number, at, urgent=False, rules=rules, level=level)


def _step(
    held: Promise,
    kind: StepKind,
    number: int,
    at: datetime,
    *,
    urgent: bool,
    rules: LadderRules,
    level: Level | None = None,
    leader_on_duty: bool = False,
    all_leaders: bool = False,
) -> Step:
    return Step(
        key=key(held, kind, number),
        kind=kind,
        promise=held.kind,
        at=at,
        tell_at=at if urgent else rules.quiet.tell_at(at),
        level=level,
        leader_on_duty=leader_on_duty or level is Level.LEADER,
        all_leaders=all_leaders,
    )

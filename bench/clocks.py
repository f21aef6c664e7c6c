"""Clock cases against a counter that looks at every minute: `python -m bench.clocks [CASES]` (100,000).

Each case is a calendar of its own (hours, weekdays, days off, make-up workdays), a promise in it, up to four
pauses, perhaps more time granted, and then perhaps another policy. The due minute that the rules give is compared
with the minute at which a counter, walking minute by minute, has seen as much open and unpaused time.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from bench.table import show
from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.kernel.worktime import Calendar
from mulian.modules.cases.domain.promises import (
    Amount,
    Policy,
    Promise,
    PromiseKind,
    Rule,
    extend,
    pause,
    promise,
    replan,
    resume,
)
from mulian.site.benching.measures import Row

MINUTE = timedelta(minutes=1)
FIRST, DAYS = datetime(2024, 1, 1, tzinfo=UTC), 4 * 366
TOTAL, PER_CALENDAR = 100_000, 500
ENDS = (0, 60, 240, 480, 540, 720, 780, 870, 1080, 1200, 1439, 1440)


@dataclass(frozen=True)
class Counted:
    """A calendar with the open minutes before every minute of four years."""

    policy: Policy
    open: list[int]

    def due(self, start: int, worked: int) -> int | None:
        """The first minute with `worked` open minutes since `start`; None beyond the four years."""
        low, high, wanted = start, len(self.open), self.open[start] + worked
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.open[middle] < wanted else (low, middle)
        return low if low < len(self.open) else None


def run(total: int, seed: int = 20261122) -> dict[str, object]:
    """How many cases were tried, and how many came out differently."""
    chance, began = random.Random(seed), time.perf_counter()
    wrong = done = 0
    while done < total:
        before, after = _calendar(chance), _calendar(chance)
        for _ in range(min(PER_CALENDAR, total - done)):
            wrong += not _agrees(chance, before, after)
            done += 1
    return {"cases": done, "mismatches": wrong, "seconds": round(time.perf_counter() - began, 1)}


def _calendar(chance: random.Random) -> Counted:
    """Random hours, weekdays, days off and make-up workdays, counted minute by minute."""
    edges = _hours(chance)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(DAYS)]
    calendar = Calendar(
        "c",
        hours=tuple(zip(edges[::2], edges[1::2], strict=True)),
        weekdays=frozenset(chance.sample(range(7), chance.randrange(1, 8))),
        holidays=frozenset(chance.sample(days, chance.randrange(60))),
        workdays=frozenset(chance.sample(days, chance.randrange(20))),
    )
    return Counted(Policy(rules=(), calendars={"c": calendar}), [0, *accumulate(_minutes(calendar))])


def _hours(chance: random.Random) -> list[int]:
    """One to three spans, an hour a day at least: with less, a promise would end after the four years counted."""
    while True:
        edges = sorted(chance.sample(ENDS, 2 * chance.randrange(1, 4)))
        if sum(edges[1::2]) - sum(edges[::2]) >= 60:
            return edges


def _minutes(calendar: Calendar) -> Iterator[bool]:
    """For every minute of four years whether it is open, by looking at its weekday, date and time of day.

    What a minute of the day is worth is asked for each of the 1,440 minutes; a day asks once whether it is open.
    """
    inside = [any(start <= minute < end for start, end in calendar.hours) for minute in range(24 * 60)]
    closed = [False] * len(inside)
    first = FIRST.astimezone(CN)
    offset, day = first.hour * 60 + first.minute, first.date()
    for number in range(DAYS):
        here = day + timedelta(days=number)
        works = here in calendar.workdays or (
            here.weekday() in calendar.weekdays and here not in calendar.holidays
        )
        yield from (inside if works else closed)[offset if number == 0 else 0 :]


def _agrees(chance: random.Random, before: Counted, after: Counted) -> bool:
    """One life of one promise, by the rules and by the counter."""
    start = chance.randrange(0, 500 * 24 * 60)
    rule = Rule(code="r", kind=PromiseKind.SOLVE, amount=_amount(chance), clock="c")
    held, at, pauses = promise(rule, at=_at(start), policy=before.policy), start, []
    for _ in range(chance.randrange(5)):
        stop = at + chance.randrange(0, 9 * 24 * 60)
        at = stop + chance.randrange(0, 9 * 24 * 60)
        pauses.append((stop, at))
        held = resume(pause(held, at=_at(stop)), at=_at(at), policy=before.policy)
    granted = Amount(days=chance.randrange(0, 4))
    held = extend(held, granted, policy=before.policy)
    ways = [_same(held, before, start, rule.amount, granted, pauses, before)]
    if chance.random() < 0.5:
        other = replace(rule, code="s", amount=_amount(chance))
        breaks = [Period(_at(a), _at(b)) for a, b in pauses]
        moved = replan(held, other, policy=after.policy, pauses=breaks)
        ways.append(_same(moved, after, start, other.amount, granted, pauses, before))
    return all(ways)


def _same(
    held: Promise, by: Counted, start: int, amount: Amount, granted: Amount, pauses: list[tuple[int, int]],
    granted_by: Counted,
) -> bool:  # fmt: skip
    """Amount, granted time and the minutes of the pauses that were open, counted on from the start."""
    paused = sum(by.open[b] - by.open[a] for a, b in pauses)
    worked = _worth(amount, by) + _worth(granted, granted_by) + paused
    due = by.due(start, worked)
    return due is not None and held.due == _at(due if worked else start)


def _worth(amount: Amount, by: Counted) -> int:
    calendar = by.policy.calendars["c"]
    return amount.minutes + amount.days * sum(end - start for start, end in calendar.hours)


def _amount(chance: random.Random) -> Amount:
    return (
        Amount(minutes=chance.randrange(0, 600))
        if chance.random() < 0.5
        else Amount(days=chance.randrange(1, 9))
    )


def _at(minute: int) -> datetime:
    return FIRST + minute * MINUTE


def main(arguments: Sequence[str]) -> int:
    """1 where one came out differently."""
    found = run(int(arguments[0]) if arguments else TOTAL)
    figure, good = ", ".join(f"{name} {value}" for name, value in found.items()), found["mismatches"] == 0
    show("clock cases", [Row("random lives of promises", figure, "0 mismatches", good)])
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Random walks on the rules of a case: `python -m bench.walks [--steps 1000000] [--seed 1]`.

Somebody acts on one of a handful of cases at every step: takes, waits, returns, disputes, assigns, whistles,
answers parts, joins and parts cases, reroutes, carries papers and takes steps of services, changes the county's
policy. After each step the invariants below must hold; the first that does not ends the run with the seed and the
step, so that it can be walked again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from random import Random

from bench.machine import Machine, Walked
from bench.table import show
from mulian.modules.cases.domain.handing import RETURNS
from mulian.modules.cases.domain.receivers import Standing, responsible
from mulian.modules.cases.domain.services import AT_A_COUNTER as WAITS_AT_HOME
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.states import UNSOLVED, State
from mulian.site.benching.measures import Row


class Broken(AssertionError):
    """An invariant does not hold."""


def walk(seed: int, steps: int, *, fresh: int = 2000) -> Counter[str]:
    """So many steps; the county begins anew every `fresh` steps. Answers how often each act was done."""
    done: Counter[str] = Counter()
    machine = Machine(Random(seed))
    for number in range(steps):
        if number % fresh == 0 and number:
            done.update(machine.done)
            machine = Machine(Random(seed * 1_000_003 + number))
        for case in machine.step():
            if wrong := broken(case, machine):
                raise Broken(f"seed {seed}, step {number}: {wrong}")
    done.update(machine.done)
    return done


def broken(case: Walked, machine: Machine) -> str:
    """The first invariant that a case breaks, else nothing."""
    if len(_responsible(case)) != 1:
        return "not exactly one is responsible"
    checks = {
        "a receiver stands twice": len({each.key for each in case.receivers}) == len(case.receivers),
        "a closed case has a running clock": case.state is not State.CLOSED or not _running(case),
        "more returns than the rules allow": case.returns <= RETURNS,
        "a joined case is active by itself": _joined_rests(case, machine),
        "a joined case hangs in a chain": not (case.joined_to and case.joined),
        "a part is owed though the work is over": case.state in UNSOLVED or not case.owed,
        "the responsible unit owes a part to itself": responsible(case.receivers).key not in case.owed,
        "a disputed case lies below the county": not case.disputed or _decides(case),
        "a clock stands still though nothing waits": case.state is State.WAITING or not _paused(case),
        "a clock lost its first start": _first_starts(case),
        "a clock runs that a policy took away": not case.taken.keys() & case.clocks.keys(),
        "a paper travels though nothing is sent": case.sent or WAITS_AT_HOME.issuperset(case.papers),
        "a called-in office is no receiver": all(_has(case, unit) for unit in case.called),
        "a whistling office is no receiver": all(_has(case, unit) for unit in case.whistlers),
    }  # fmt: skip
    return next((said for said, holds in checks.items() if not holds), "")


def _responsible(case: Walked) -> list[object]:
    return [each for each in case.receivers if each.standing is Standing.RESPONSIBLE]


def _running(case: Walked) -> bool:
    return any(held.met_at is None for held in case.clocks.values())


def _paused(case: Walked) -> bool:
    return any(held.paused_at is not None and held.met_at is None for held in case.clocks.values())


def _joined_rests(case: Walked, machine: Machine) -> bool:
    if case.joined_to is None:
        return True
    main = machine.cases.get(case.joined_to)
    return main is not None and case.id in main.joined and case.state is State.CLOSED and not case.clocks


def _decides(case: Walked) -> bool:
    return responsible(case.receivers).level in (Level.COUNTY, Level.LEADER)


def _first_starts(case: Walked) -> bool:
    return all(held.start == case.first[kind] for kind, held in case.clocks.items())


def _has(case: Walked, unit: str) -> bool:
    return any(each.key == unit for each in case.receivers)


def main() -> int:
    """Prints what was done, or the invariant that broke."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.perf_counter()
    try:
        done = walk(given.seed, given.steps)
    except Broken as broken_one:
        show(
            "random walks",
            [Row(f"{given.steps:,} steps", str(broken_one), "no invariant broken", reached=False)],
        )
        return 1
    took = time.perf_counter() - began
    figure = f"{sum(done.values()):,} acts done, none broken, {took:.0f} s"
    show("random walks", [Row(f"{given.steps:,} steps", figure, "no invariant broken", reached=True)])
    for act, count in done.most_common():
        print(f"  {act:<12} {count:>10,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

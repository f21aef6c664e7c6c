"""Random walks on the rules: a smaller run of `bench/walks.py`, and that its invariants see what they are for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from bench.machine import ACTS, POLICY, Machine, Walked
from bench.walks import broken, walk
from mulian.modules.cases.domain import parts
from mulian.modules.cases.domain.parts import Whistle
from mulian.modules.cases.domain.receivers import Standing, responsible
from mulian.modules.cases.domain.services import PaperState
from mulian.modules.cases.domain.states import State, Verb


@pytest.mark.parametrize("seed", range(3))
def test_no_walk_breaks_an_invariant_and_every_act_happens(seed: int) -> None:
    done = walk(seed, 10_000)
    acts = {*(verb.value for verb in Verb), *ACTS}
    assert set(done) == acts
    assert min(done.values()) > 20


def _two_owners(case: Walked) -> None:
    case.receivers = tuple(each.standing_as(Standing.RESPONSIBLE, each.reason) for each in case.receivers)


def _nobody(case: Walked) -> None:
    case.receivers = tuple(each for each in case.receivers if each.standing is not Standing.RESPONSIBLE)


def _closed(case: Walked) -> None:
    case.state = State.CLOSED


def _returned(case: Walked) -> None:
    case.returns = 3


def _called(case: Walked) -> None:
    case.called.add("dept.moon")


def _owing(case: Walked) -> None:
    key = responsible(case.receivers).key
    case.parts[key] = parts.call(Whistle(), at=case.at, policy=POLICY, area=case.area, urgent=False)


def _taken(case: Walked) -> None:
    case.taken = dict(case.clocks)


def _travelling(case: Walked) -> None:
    case.sent, case.papers = False, [PaperState.CARRIED]


def _moved_start(case: Walked) -> None:
    case.first = {kind: at + timedelta(1) for kind, at in case.first.items()}


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        (_nobody, "not exactly one is responsible"),
        (_two_owners, "not exactly one is responsible"),
        (_closed, "a closed case has a running clock"),
        (_returned, "more returns than the rules allow"),
        (_called, "a called-in office is no receiver"),
        (_owing, "the responsible unit owes a part to itself"),
        (_taken, "a clock runs that a policy took away"),
        (_travelling, "a paper travels though nothing is sent"),
        (_moved_start, "a clock lost its first start"),
    ],
)
def test_what_would_be_wrong_is_seen(harm: Callable[[Walked], None], seen: str) -> None:
    machine = Machine(Random(1))
    case = next(iter(machine.cases.values()))
    assert broken(case, machine) == ""
    harm(case)
    assert broken(case, machine) == seen

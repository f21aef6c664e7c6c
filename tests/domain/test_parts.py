"""Parts of a case: their own clocks, what ends them, and what a case owes while one is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.kernel.problems import Problem
from mulian.kernel.worktime import ROUND
from mulian.modules.cases.domain import parts
from mulian.modules.cases.domain.parts import PartState, StepKind, Whistle
from mulian.modules.cases.domain.promises import Policy
from mulian.modules.cases.domain.receivers import Reason, Standing, hand_over, reroute, responsible
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.states import UNSOLVED, State
from tests.domain.county import T1, V1, around, routed, staffing
from tests.world import AT

POLICY = Policy(rules=(), calendars={"round": ROUND})
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def called(urgent: bool = False) -> parts.Part:
    return parts.call(Whistle(), at=AT, policy=POLICY, area=V1, urgent=urgent)


@pytest.mark.parametrize(("urgent", "report_in"), [(False, 4 * HOUR), (True, HOUR / 2)])
def test_both_clocks_start_with_the_whistle(urgent: bool, report_in: timedelta) -> None:
    part = called(urgent)
    assert (part.report_in.start, part.answer.start) == (AT, AT)
    assert (part.report_in.due, part.answer.due) == (AT + report_in, AT + 3 * DAY)


@pytest.mark.parametrize(("hours", "owed"), [(0, 14.0), (13, 2.0), (15, 23.0)])
def test_relief_for_a_family_is_owed_the_same_day(hours: float, owed: float) -> None:
    """AT is ten in the morning; late in the evening two hours remain."""
    at = AT + hours * HOUR
    part = parts.call(Whistle(), at=at, policy=POLICY, area=V1, urgent=False, same_day=True)
    assert (part.answer.due - at, part.report_in.due - at) == (owed * HOUR, HOUR / 2)


def test_answering_counts_as_having_reported_in() -> None:
    done = parts.answer(called(), at=AT + HOUR, policy=POLICY)
    assert (done.state, done.report_in.met_at, done.answer.met_at) == ("answered", AT + HOUR, AT + HOUR)


def test_each_step_once_and_only_while_something_is_owed() -> None:
    part, seen = called(), []
    for hour in range(24 * 5):
        seen += parts.due_steps(part, after=AT + hour * HOUR, now=AT + (hour + 1) * HOUR)
    assert seen == [StepKind.ABSENT, StepKind.NEAR, StepKind.OVERDUE]
    here = parts.report_in(part, at=AT + HOUR, policy=POLICY)
    assert parts.due_steps(here, after=AT, now=AT + 9 * DAY) == (StepKind.NEAR, StepKind.OVERDUE)
    for over in (parts.answer(here, at=AT + DAY, policy=POLICY), parts.let_go(here, reason="不归口")):
        assert parts.due_steps(over, after=AT, now=AT + 9 * DAY) == ()
        assert parts.next_look(over, now=AT) is None


def test_what_is_over_is_over() -> None:
    done = parts.answer(called(), at=AT, policy=POLICY)
    for act in (
        lambda: parts.answer(done, at=AT, policy=POLICY),
        lambda: parts.report_in(done, at=AT, policy=POLICY),
        lambda: parts.let_go(done, reason="x"),
    ):
        with pytest.raises(Problem) as refused:
            act()
        assert refused.value.code == "cases.illegal_step"


@pytest.mark.parametrize("level", [None, *Level])
@pytest.mark.parametrize("state", State)
def test_who_whistles_and_when(level: Level | None, state: State) -> None:
    may = level in (Level.TOWNSHIP, Level.COUNTY, Level.LEADER)
    if may and state in UNSOLVED:
        parts.check_whistle(state, level)
        return
    with pytest.raises(Problem) as refused:
        parts.check_whistle(state, level)
    assert refused.value.code == ("cases.illegal_step" if may else "cases.no_whistle")


@pytest.mark.parametrize("state", PartState)
def test_the_case_waits_for_every_part_or_a_reason(state: PartState) -> None:
    parts.check_over([PartState.ANSWERED, state], "他们不来")
    if state in parts.OWED:
        with pytest.raises(Problem) as refused:
            parts.check_over([PartState.ANSWERED, state], " ")
        assert refused.value.code == "cases.parts_open"
    else:
        parts.check_over([PartState.ANSWERED, state], "")


def test_helpers_stay_helpers_whoever_leads_and_wherever_it_moves() -> None:
    """Rule 7: a whistling township and those it called in never stop being receivers."""
    first = routed(V1).receivers
    township = responsible(routed(V1, around(staff=staffing(vacant=[f"village:{V1}"]))).receivers)
    assert township.unit == f"township:{T1}"
    dept = township.standing_as(Standing.HELPER, Reason.WHISTLED)
    held = hand_over(first, township)
    held = parts.stays(hand_over(held, responsible(first)), township)
    assert {(r.unit, r.standing, r.reason) for r in held if r.unit == township.unit} == {
        (township.unit, Standing.HELPER, Reason.WHISTLES)
    }
    moved = reroute((*held[:1], dept), routed(V1).receivers, keep_owner=True)
    assert {(r.standing, r.reason) for r in moved if r.unit == dept.unit} == {
        (Standing.HELPER, Reason.WHISTLED)
    }

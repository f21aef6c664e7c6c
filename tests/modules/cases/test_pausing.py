"""Waiting: limited in number and length, longer only with somebody above, and over by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import pausing, steps, urging
from mulian.modules.cases.handlers import sweep_pauses, sweep_promises
from mulian.modules.cases.models import Case, LadderStep, Pause, Promise
from tests.modules.cases.conftest import Line, later
from tests.world import AT

LEAD = "village_deputy"


def solve(case: Case) -> Promise:
    return Promise.objects.get(case=case, kind="solve")


def now(case: Case) -> Case:
    return Case.unscoped.because("test").get(id=case.id)


@pytest.fixture
def taken(line: Line) -> Case:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    return case


def test_a_wait_ends_by_itself_and_the_clock_runs_from_that_minute(line: Line, taken: Case) -> None:
    due = solve(taken).due
    line.act(pausing.wait, taken, LEAD, at=later(days=1), code="material")
    assert (solve(taken).state, now(taken).state) == ("paused", "waiting")
    assert sweep_pauses(later(days=4, minutes=-1)) == 0
    assert sweep_pauses(later(days=4, hours=5)) == 1
    assert sweep_pauses(later(days=4, hours=6)) == 0
    assert (solve(taken).state, now(taken).state) == ("running", "in_work")
    assert solve(taken).due == due + timedelta(days=3)
    assert now(taken).next_due == due + timedelta(days=3)


def test_a_longer_wait_begins_at_once_and_lasts_when_somebody_above_agrees(line: Line, taken: Case) -> None:
    due = solve(taken).due
    line.act(pausing.wait, taken, LEAD, at=later(days=1), code="season", until=later(days=11))
    asked = Pause.objects.get(case=taken)
    assert (asked.ends_by, asked.asked_until) == (later(days=4), later(days=11))
    assert ("township:632623204", "township_officer", "watching", "asked") in line.receivers(taken)
    line.act(pausing.decide, taken, "township_officer", at=later(days=2), granted=True)
    assert sweep_pauses(later(days=4)) == 0
    assert sweep_pauses(later(days=11)) == 1
    assert solve(taken).due == due + timedelta(days=10)


def test_a_longer_wait_nobody_agreed_to_ends_as_if_nobody_had_asked(line: Line, taken: Case) -> None:
    line.act(pausing.wait, taken, LEAD, code="season", until=later(days=10))
    line.act(pausing.decide, taken, "county_duty", granted=False, reason="路通了")
    assert sweep_pauses(later(days=3)) == 1
    with pytest.raises(Problem, match="no_longer_pause_asked"):
        line.act(pausing.decide, taken, "county_duty", at=later(days=4), granted=True)


def test_whoever_asked_does_not_decide_and_nobody_below_does(line: Line, taken: Case) -> None:
    line.act(pausing.wait, taken, LEAD, code="season", until=later(days=10))
    for who in (LEAD, "village_lead"):
        with pytest.raises(Problem, match=r"cases\.not_above"):
            line.act(pausing.decide, taken, who, granted=True)
    other = line.report(household="near")
    line.act(pausing.wait, _taken(line, other), "township_officer", code="season", until=later(days=10))
    with pytest.raises(Problem, match=r"cases\.own_request"):
        line.act(pausing.decide, other, "township_officer", granted=True)


def _taken(line: Line, case: Case) -> Case:
    line.act(steps.take, case, LEAD)
    return case


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"code": "family", "until": later(days=8)}, "cases.pause_too_long"),
        ({"code": "weather", "until": later(days=31)}, "cases.pause_too_long"),
        ({"code": "weather", "until": AT}, "cases.pause_in_the_past"),
        ({"code": "tired"}, "cases.unknown_pause_reason"),
        ({}, "cases.reason_needed"),
    ],
)
def test_what_is_no_reason_or_too_long_is_refused(
    line: Line, taken: Case, said: dict[str, object], code: str
) -> None:
    with pytest.raises(Problem, match=code):
        line.act(pausing.wait, taken, LEAD, **said)
    assert (Pause.objects.count(), now(taken).state) == (0, "taken")


def test_a_case_waits_three_times_and_no_more(line: Line, taken: Case) -> None:
    for day in (0, 1, 2):
        line.act(pausing.wait, taken, LEAD, at=later(days=day), code="weather")
        line.act(steps.start, taken, LEAD, at=later(days=day, hours=1))
    with pytest.raises(Problem, match=r"cases\.too_many_pauses"):
        line.act(pausing.wait, taken, LEAD, at=later(days=3), code="weather")


def test_what_is_overdue_cannot_be_stopped_by_waiting(line: Line, taken: Case) -> None:
    line.act(pausing.wait, taken, LEAD, at=later(days=7), code="weather")
    assert (solve(taken).state, now(taken).state) == ("running", "waiting")
    sweep_promises(later(days=8))
    keys = LadderStep.objects.filter(promise__case=taken).values_list("key", flat=True)
    assert set(keys) == {"solve:remind:0", "solve:overdue:0", "solve:overdue:1"}


def test_a_case_that_is_cancelled_while_it_waits_is_not_woken(line: Line, taken: Case) -> None:
    line.act(pausing.wait, taken, LEAD, code="weather")
    line.act(urging.cancel_test, taken, LEAD, at=later(days=1))
    assert sweep_pauses(later(days=9)) == 0
    assert now(taken).state == "closed"

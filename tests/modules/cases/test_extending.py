"""More time: asked for before it expires, granted by somebody else above, at most as often as the county says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import extending, steps
from mulian.modules.cases.handlers import sweep_promises
from mulian.modules.cases.models import Case, Extension, LadderStep, Promise
from mulian.modules.cases.queries import detail
from tests.modules.cases.conftest import Line, later

LEAD = "village_deputy"


@pytest.fixture
def taken(line: Line) -> Case:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    return case


def solve(case: Case) -> Promise:
    return Promise.objects.get(case=case, kind="solve")


def ask(line: Line, case: Case, days: int = 5, **when: float) -> None:
    line.act(extending.ask, case, LEAD, at=later(**when), days=days, reason="要等桥梁厂的构件")


def test_somebody_above_grants_it_and_the_history_says_so(line: Line, taken: Case) -> None:
    due = solve(taken).due
    ask(line, taken, days=5)
    assert ("township:632623204", "township_officer", "watching", "asked") in line.receivers(taken)
    line.act(extending.decide, taken, "township_officer", at=later(days=1), granted=True)
    assert solve(taken).due == due + timedelta(days=5)
    assert Case.unscoped.because("test").get(id=taken.id).next_due == due + timedelta(days=5)
    with override("en"):
        shown = detail.detail(taken.id, line.world.actor(LEAD), later(days=1), "en")
    assert shown is not None
    asked, granted = shown.timeline[-2:]
    assert (asked.title, asked.text) == ("Asked for more days: 5", "要等桥梁厂的构件")
    assert granted.event == "cases.extension_decided"
    assert granted.title.startswith("More time was granted; due ")


def test_refused_it_stays_as_it_was(line: Line, taken: Case) -> None:
    due = solve(taken).due
    ask(line, taken)
    line.act(extending.decide, taken, "county_duty", granted=False, reason="先修便桥")
    assert (solve(taken).due, Extension.objects.get().state) == (due, "refused")


def test_the_moment_it_expires_nothing_is_asked_and_nothing_granted(line: Line, taken: Case) -> None:
    ask(line, taken)
    with pytest.raises(Problem, match="extension_too_late"):
        line.act(extending.decide, taken, "township_officer", at=later(days=7), granted=True)
    line.act(extending.decide, taken, "township_officer", at=later(days=7), granted=False)
    with pytest.raises(Problem, match="extension_too_late"):
        ask(line, taken, days=5, hours=7 * 24)
    assert solve(taken).extended == timedelta(0)


def test_twice_and_no_more_never_too_long_and_one_at_a_time(line: Line, taken: Case) -> None:
    with pytest.raises(Problem, match="extension_too_long"):
        ask(line, taken, days=16)
    for _ in range(2):
        ask(line, taken, days=3)
        with pytest.raises(Problem, match="extension_pending"):
            ask(line, taken, days=3)
        line.act(extending.decide, taken, "county_duty", granted=True)
    with pytest.raises(Problem, match="extension_too_often"):
        ask(line, taken, days=3)


def test_whoever_asked_and_whoever_is_not_above_does_not_decide(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, "township_officer")
    line.act(extending.ask, case, "township_officer", days=2, reason="等构件")
    with pytest.raises(Problem, match=r"cases\.own_request|not_above"):
        line.act(extending.decide, case, "township_officer", granted=True)
    with pytest.raises(Problem):
        line.act(extending.decide, case, LEAD, granted=True)
    line.act(extending.decide, case, "county_duty", granted=True)
    assert Extension.objects.get().state == "granted"


def test_granted_time_moves_the_ladder_and_fired_steps_stay_fired(line: Line, taken: Case) -> None:
    sweep_promises(later(days=6))
    ask(line, taken, days=5, hours=24 * 6)
    line.act(extending.decide, taken, "township_officer", at=later(days=6, hours=1), granted=True)
    sweep_promises(later(days=8))
    keys = LadderStep.objects.filter(promise__case=taken).values_list("key", flat=True)
    assert list(keys) == ["solve:remind:0"]
    sweep_promises(later(days=12))
    assert LadderStep.objects.filter(promise__case=taken, key="solve:overdue:0").count() == 1

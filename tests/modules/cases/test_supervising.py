"""Supervision (督办): demand, reply, accept or demand again, with a clock that touches no other."""

from __future__ import annotations

import pytest

from mulian.core.notify.models import Notice
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import feedback, steps, supervising, urging
from mulian.modules.cases.handlers import sweep_promises
from mulian.modules.cases.models import Case, LadderStep, Promise, Supervision
from mulian.modules.cases.queries import supervised
from tests.modules.cases.conftest import Line, later

LEAD = "village_deputy"


@pytest.fixture
def case(line: Line) -> Case:
    return line.report(household="near")


def clocks(case: Case) -> list[tuple[str, int, str]]:
    rows = Promise.objects.filter(case=case).order_by("kind", "round")
    return [(row.kind, row.round, row.state) for row in rows]


def test_demand_reply_demand_again_accept(line: Line, case: Case) -> None:
    solve_due = Promise.objects.get(case=case, kind="solve").due
    line.act(supervising.demand, case, "leader", text="三天内说明进展", days=3)
    assert clocks(case) == [("solve", 1, "running"), ("supervise", 1, "running")]
    line.act(supervising.reply, case, LEAD, at=later(days=1), text="已联系施工队")
    line.act(supervising.demand, case, "leader", at=later(days=2), text="还要时间表", days=2)
    line.act(supervising.reply, case, LEAD, at=later(days=3), text="周五完工")
    line.act(supervising.accept, case, "leader", at=later(days=3, hours=1))
    assert clocks(case) == [("solve", 1, "running"), ("supervise", 1, "met"), ("supervise", 2, "met")]
    assert Promise.objects.get(case=case, kind="solve").due == solve_due
    assert Supervision.objects.get(case=case).stage == "accepted"


def test_an_unanswered_demand_comes_back_to_the_leader_once(line: Line, case: Case) -> None:
    line.act(supervising.demand, case, "leader", text="说明进展", days=1)
    for days in (1, 1, 2, 3):
        sweep_promises(later(days=days))
    keys = LadderStep.objects.filter(promise__case=case, promise__kind="supervise").values_list(
        "key", flat=True
    )
    assert sorted(keys) == ["supervise:overdue:0", "supervise:remind:0"]
    told = Notice.objects.filter(subject_id=case.id, kind="cases.overdue").values_list("person", flat=True)
    assert set(told) == {line.world.people["leader"], line.world.people[LEAD]}


def test_a_second_demand_climbs_again(line: Line, case: Case) -> None:
    line.act(supervising.demand, case, "leader", text="说明进展", days=1)
    sweep_promises(later(days=1))
    line.act(supervising.reply, case, LEAD, at=later(days=1, hours=1), text="在办")
    line.act(supervising.demand, case, "leader", at=later(days=2), text="不够", days=1)
    sweep_promises(later(days=3))
    keys = LadderStep.objects.filter(promise__case=case, promise__kind="supervise").values_list(
        "key", flat=True
    )
    assert "supervise.2:overdue:0" in set(keys)


def test_only_a_leader_and_only_one_at_a_time(line: Line, case: Case) -> None:
    for who in ("county_duty", "township_officer", LEAD):
        with pytest.raises(Problem, match=r"cases\.not_a_leader"):
            line.act(supervising.demand, case, who, text="说明", days=3)
    line.act(supervising.demand, case, "leader", text="说明", days=3)
    with pytest.raises(Problem, match="supervised_already"):
        line.act(supervising.demand, case, "leader", text="快点", days=3)
    with pytest.raises(Problem, match="not_supervised"):
        line.act(supervising.accept, case, "leader")
    with pytest.raises(Problem, match="not_supervised"):
        line.act(supervising.reply, line.report(household="near"), LEAD, text="?")


@pytest.mark.parametrize("days", [0, 61, -1])
def test_a_demand_has_a_day(line: Line, case: Case, days: int) -> None:
    with pytest.raises(Problem, match="bad_supervision_time"):
        line.act(supervising.demand, case, "leader", text="说明", days=days)


def test_a_closed_case_has_no_clock_left_and_its_supervision_has_ended(line: Line, case: Case) -> None:
    line.act(supervising.demand, case, "leader", text="说明", days=3)
    for act, said in ((steps.take, {}), (steps.solve, {"text": "好了"}), (steps.answer, {"text": "好了"})):
        line.act(act, case, LEAD, **said)
    line.act(feedback.feedback, case, "liaison", solved=True)
    assert not Promise.objects.filter(case=case, state__in=("running", "paused")).exists()
    assert Supervision.objects.get(case=case).stage == "ended"


def test_the_leaders_page_lists_replies_first(line: Line, case: Case) -> None:
    other = line.report(household="near")
    line.act(supervising.demand, case, "leader", text="先办", days=1)
    line.act(supervising.demand, other, "leader", text="后办", days=9)
    line.act(supervising.reply, other, LEAD, text="办好了")
    found = supervised.supervised(line.world.actor("leader"), later(days=2))
    assert [(each.case.id, each.stage, each.late, each.mine) for each in found] == [
        (other.id, "replied", False, True),
        (case.id, "demanded", True, True),
    ]
    assert supervised.to_decide(line.world.actor("leader"), later(days=2)) == 1


def test_urging_is_limited_and_counted(line: Line, case: Case) -> None:
    line.act(urging.urge, case, "township_officer")
    with pytest.raises(Problem, match="urged_lately"):
        line.act(urging.urge, case, "county_duty", at=later(hours=3, minutes=59))
    line.act(urging.urge, case, "county_duty", at=later(hours=4))
    urgent = line.report(household="near", urgent=True)
    line.act(urging.urge, urgent, "county_duty")
    line.act(urging.urge, urgent, "county_duty", at=later(minutes=15))
    with pytest.raises(Problem, match="forbidden"):
        line.act(urging.urge, case, LEAD, at=later(days=1))

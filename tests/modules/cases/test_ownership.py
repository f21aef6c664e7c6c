"""Returns, disputes and the county's decision: nobody is without an owner, and nothing plays ping-pong."""

from __future__ import annotations

import pytest

from mulian.kernel.actor import Role
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import climbing, handing, steps
from mulian.modules.cases.models import Case, Part, Promise, Receiver
from tests import world as cast
from tests.modules.cases.conftest import Line, later
from tests.world import AT, COUNTY, VILLAGE, Cast

LEAD, WHY = "village_deputy", "归口不对"


@pytest.fixture
def water(line: Line) -> None:
    who = Cast("water", Role.DEPARTMENT_OFFICER, COUNTY, "dept.water")
    line.world.people["water"] = cast.add_person(who, line.world.units, AT)


def refused(line: Line, *args: object, **said: object) -> str:
    with pytest.raises(Problem) as problem:
        line.act(*args, **said)  # type: ignore[arg-type]
    return problem.value.code


def disputed(line: Line) -> Case:
    case = line.report(household="near")
    done: Case = line.act(handing.dispute, case, LEAD, reason=WHY)
    return done


def twice_returned(line: Line) -> Case:
    case = line.report(household="near")
    line.act(handing.transfer, case, LEAD, to="dept.transport")
    line.act(handing.give_back, case, "transport", reason=WHY)
    line.act(handing.transfer, case, LEAD, to="dept.transport")
    done: Case = line.act(handing.give_back, case, "transport", reason=WHY)
    return done


def owner(case: Case) -> tuple[str, str, str]:
    row = Receiver.objects.get(case=case, until__isnull=True, standing="responsible")
    return row.unit.code if row.unit else "", row.person.username if row.person else "", row.reason


@pytest.mark.parametrize(("bring", "reason"), [(disputed, "disputed"), (twice_returned, "second_return")])
def test_the_county_has_it_at_once_and_a_clock_to_decide(line: Line, bring: object, reason: str) -> None:
    case = bring(line)  # type: ignore[operator]
    assert owner(case) == ("county_centre", "county_duty", reason)
    clock = Promise.objects.get(case=case, kind="decide")
    assert (clock.start, clock.due, clock.state) == (AT, later(hours=24), "running")
    for act in (
        lambda: refused(line, handing.transfer, case, "county_duty", to="dept.transport"),
        lambda: refused(line, handing.pass_up, case, "county_duty"),
        lambda: refused(line, handing.give_back, case, "county_duty", reason=WHY),
        lambda: refused(line, handing.dispute, case, "county_duty", reason=WHY),
    ):
        assert act() == "cases.illegal_step"


def test_a_county_that_does_not_decide_is_climbed_over(line: Line) -> None:
    case = disputed(line)
    climbing.sweep_promises(later(hours=24))
    assert ("leader", "watching") in {(person, standing) for _, person, standing, _ in line.receivers(case)}


def test_the_decision_binds_and_the_others_are_called_in(line: Line, water: None) -> None:
    case = twice_returned(line)
    line.act(
        handing.assign, case, "county_duty", units=["dept.transport", "dept.water"], reason="路桥由交通牵头"
    )
    row = Case.unscoped.because("test").get(id=case.id)
    assert owner(case) == ("dept.transport", "transport", "assigned")
    assert (row.state, row.bound, row.disputed_at) == ("reported", True, None)
    assert Promise.objects.get(case=case, kind="decide").state == "met"
    assert list(Part.objects.filter(case=case).values_list("unit__code", "state")) == [
        ("dept.water", "called")
    ]
    assert refused(line, handing.give_back, case, "transport", reason=WHY) == "cases.illegal_step"
    assert refused(line, handing.dispute, case, "transport", reason=WHY) == "cases.illegal_step"
    assert refused(line, handing.pass_up, case, "transport") == "cases.illegal_step"
    assert refused(line, handing.transfer, case, "transport", to="dept.water") == "cases.illegal_step"
    line.act(handing.assign, case, "county_duty", units=["dept.water"], reason="改由水利牵头")
    assert owner(case) == ("dept.water", "water", "assigned")
    assert list(Part.objects.filter(case=case).values_list("unit__code", "state")) == [
        ("dept.water", "let_go")
    ]


@pytest.mark.parametrize(
    ("by", "units", "reason", "code"),
    [
        (LEAD, ["dept.transport"], WHY, "cases.not_deciding"),
        ("township_officer", ["dept.transport"], WHY, "cases.not_deciding"),
        ("county_duty", ["dept.transport"], " ", "cases.reason_needed"),
        ("county_duty", [], WHY, "cases.unit_needed"),
        ("county_duty", ["dept.moon"], WHY, "cases.unit_unsuitable"),
        ("outsider", ["dept.transport"], WHY, "not_found"),
    ],
)
def test_who_decides_and_what_it_needs(line: Line, by: str, units: list[str], reason: str, code: str) -> None:
    assert refused(line, handing.assign, disputed(line), by, units=units, reason=reason) == code


def test_the_county_may_keep_and_solve_it(line: Line) -> None:
    case = disputed(line)
    line.act(steps.take, case, "county_duty")
    line.act(steps.solve, case, "county_duty", text="县里直接办了")
    assert Promise.objects.get(case=case, kind="decide").state == "met"
    assert Case.unscoped.because("test").get(id=case.id).disputed_at is None


def test_a_complaint_about_the_county_centre_is_decided_by_a_leader(line: Line) -> None:
    case = line.report(text="县中心不管", about_unit=line.world.units["county_centre"])
    assert owner(case)[1] == "leader"
    line.act(handing.assign, case, "leader", units=["dept.transport"], reason="由交通核实")
    assert owner(case) == ("dept.transport", "transport", "assigned")


def test_an_owner_stands_at_every_moment_of_a_dispute(line: Line, water: None) -> None:
    """The rows of who was responsible follow each other without a gap and without overlap."""
    case = twice_returned(line)
    line.act(handing.assign, case, "county_duty", at=later(hours=2), units=["dept.water"], reason=WHY)
    rows = Receiver.objects.filter(case=case, standing="responsible").order_by("since", "id")
    spans = [(row.since, row.until) for row in rows]
    assert spans[0][0] == AT
    assert spans[-1][1] is None
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    assert owner(case)[0] == "dept.water"
    assert f"village:{VILLAGE}" in {r.key for r in Receiver.objects.filter(case=case, until__isnull=True)}

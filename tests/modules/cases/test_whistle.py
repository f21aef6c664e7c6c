"""Whistle and report in: who may call whom, own clocks, and a case that waits for every part."""

from __future__ import annotations

import pytest

from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.actor import Role
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import feedback, handing, parts, sorting, steps, urging, whistling
from mulian.modules.cases.models import Case, Part
from tests import world as cast
from tests.modules.cases.conftest import Line, later
from tests.world import AT, COUNTY, VILLAGE, Cast

TOWNSHIP = "township:632623204"
ASKED = "一起看看桥能不能过车"


@pytest.fixture
def water(line: Line) -> str:
    """A second department with somebody in it."""
    who = Cast("water", Role.DEPARTMENT_OFFICER, COUNTY, "dept.water")
    line.world.people["water"] = cast.add_person(who, line.world.units, AT)
    return "water"


def whistled(line: Line, *units: str, by: str = "township_officer") -> Case:
    case = line.report(household="near")
    done: Case = line.act(
        whistling.whistle, case, by, units=units or ["dept.transport", "dept.water"], asked=ASKED
    )
    return done


def states(case: Case) -> dict[str, str]:
    return dict(Part.objects.filter(case=case).order_by("id").values_list("unit__code", "state"))


def refused(line: Line, *args: object, **said: object) -> str:
    with pytest.raises(Problem) as problem:
        line.act(*args, **said)  # type: ignore[arg-type]
    return problem.value.code


def test_a_township_that_whistles_leads_and_the_called_are_helpers_with_clocks(
    line: Line, water: str
) -> None:
    case = whistled(line)
    assert case.state == "taken"
    assert line.receivers(case) == {
        (TOWNSHIP, "township_officer", "responsible", "whistles"),
        (f"village:{VILLAGE}", "village_deputy", "informed", "earlier"),
        ("county_centre", "county_duty", "watching", "county_watches"),
        ("dept.transport", "transport", "helper", "whistled"),
        ("dept.water", "water", "helper", "whistled"),
        (VILLAGE, "grid_head", "informed", "grid_head"),
    }
    rows = Part.objects.filter(case=case).order_by("id")
    assert [(r.unit.code, r.state, r.report_due, r.due) for r in rows] == [
        ("dept.transport", "called", later(hours=4), later(days=3)),
        ("dept.water", "called", later(hours=4), later(days=3)),
    ]
    told = Notice.objects.filter(kind="cases.whistled").values_list("person", flat=True)
    assert set(told) == {line.world.people["transport"], line.world.people["water"]}


def test_reporting_in_is_named_and_timed_and_the_lead_is_told(line: Line, water: str) -> None:
    case = whistled(line)
    line.act(parts.report_in, case, "transport", at=later(hours=1))
    part = Part.objects.get(case=case, unit__code="dept.transport")
    assert (part.state, part.reported_in_at, part.reported_in_by_id) == (
        "here", later(hours=1), line.world.people["transport"],
    )  # fmt: skip
    assert Notice.objects.filter(kind="cases.part", person=line.world.people["township_officer"]).count() == 1
    assert refused(line, parts.report_in, case, "transport") == "cases.illegal_step"


def test_the_lead_solves_only_when_all_answered(line: Line, water: str) -> None:
    case = whistled(line)
    line.act(parts.answer_part, case, "transport", text="桥墩已加固")
    assert refused(line, steps.solve, case, "township_officer", text="修好了") == "cases.parts_open"
    assert states(case) == {"dept.transport": "answered", "dept.water": "called"}
    line.act(parts.answer_part, case, "water", text="河道已清")
    solved = line.act(steps.solve, case, "township_officer", text="修好了")
    assert (solved.state, states(case)) == (
        "solved", {"dept.transport": "answered", "dept.water": "answered"},
    )  # fmt: skip


def test_or_with_a_reason_that_is_kept(line: Line, water: str) -> None:
    case = whistled(line)
    line.act(parts.answer_part, case, "transport", text="桥墩已加固")
    line.act(steps.solve, case, "township_officer", text="修好了", reason="水位已退，不用再来")
    part = Part.objects.get(case=case, unit__code="dept.water")
    assert (part.state, part.let_go_because, part.next_at) == ("let_go", "水位已退，不用再来", None)
    assert Event.objects.filter(subject_id=case.id, name="cases.part_let_go").count() == 1


@pytest.mark.parametrize(
    ("by", "units", "asked", "code"),
    [
        ("village_deputy", ["dept.transport"], ASKED, "cases.no_whistle"),
        ("transport", ["dept.transport"], ASKED, "not_found"),
        ("auditor", ["dept.transport"], ASKED, "forbidden"),
        ("outsider", ["dept.transport"], ASKED, "not_found"),
        ("township_officer", [], ASKED, "cases.unit_needed"),
        ("township_officer", ["dept.transport"], " ", "cases.reason_needed"),
        ("township_officer", ["dept.moon"], ASKED, "cases.unit_unsuitable"),
        ("township_officer", ["dept.water"], ASKED, "cases.unit_unsuitable"),  # nobody is posted there
        ("township_officer", [TOWNSHIP], ASKED, "cases.unit_unsuitable"),
    ],
)
def test_who_may_call_whom(line: Line, by: str, units: list[str], asked: str, code: str) -> None:
    case = line.report(household="near")
    assert refused(line, whistling.whistle, case, by, units=units, asked=asked) == code
    assert not Part.objects.exists()


def test_nobody_is_called_in_twice_while_they_owe(line: Line, water: str) -> None:
    case = whistled(line)
    again = {"units": ["dept.water"], "asked": ASKED}
    assert refused(line, whistling.whistle, case, "township_officer", **again) == "cases.called_already"
    line.act(parts.answer_part, case, "water", text="来过了")
    line.act(whistling.whistle, case, "township_officer", **again)
    assert Part.objects.filter(case=case, unit__code="dept.water").count() == 2


def test_the_county_whistles_and_the_lead_stays(line: Line, water: str) -> None:
    case = whistled(line, "dept.transport", by="county_duty")
    assert (f"village:{VILLAGE}", "village_deputy", "responsible", "place") in line.receivers(case)
    assert case.state == "reported"


def test_a_whistling_township_stays_a_receiver_when_another_leads(line: Line, water: str) -> None:
    case = whistled(line)
    line.act(handing.transfer, case, "county_duty", to="dept.transport", reason="由交通牵头")
    assert (TOWNSHIP, "township_officer", "helper", "whistles") in line.receivers(case)
    line.act(sorting.correct_topic, case, "township_officer", topic="water")
    held = line.receivers(case)
    assert (TOWNSHIP, "township_officer", "helper", "whistles") in held
    assert ("dept.water", "water", "helper", "whistled") in held


def test_others_have_no_part_to_answer(line: Line, water: str) -> None:
    case = whistled(line, "dept.transport")
    assert refused(line, parts.answer_part, case, "village_lead", text="x") == "cases.no_part"
    assert refused(line, parts.answer_part, case, "water", text="x") == "not_found"
    assert refused(line, parts.answer_part, case, "transport", text=" ") == "cases.evidence_needed"


def test_relief_for_one_family_is_owed_the_same_day_without_an_incident(line: Line) -> None:
    case = line.report(household="near")
    said = {"units": ["dept.transport"], "asked": "今晚送帐篷和煤", "today": True}
    line.act(whistling.whistle, case, "township_officer", **said)
    part = Part.objects.get(case=case)
    assert (part.report_due, part.due) == (later(minutes=30), later(hours=14))


def test_an_office_called_in_stands_beside_the_lead_not_above(line: Line, water: str) -> None:
    case = whistled(line)
    line.act(parts.report_in, case, "transport")
    assert refused(line, steps.solve, case, "transport", text="好了") == "cases.not_responsible"
    assert refused(line, handing.pass_up, case, "water") == "cases.not_responsible"
    line.act(handing.transfer, case, "county_duty", to="dept.transport")
    line.act(steps.take, case, "transport")


def test_steps_of_a_part_are_told_once_to_who_owes_and_who_leads(line: Line, water: str) -> None:
    case = whistled(line, "dept.transport")
    for at in (later(hours=4), later(hours=4, minutes=1), later(days=3), later(days=9)):
        parts.sweep_parts(at)
    steps_told = [e.data["step"] for e in Event.objects.filter(subject_id=case.id, name="cases.part_due").order_by("recorded_at", "id")]  # fmt: skip  # noqa: E501
    assert steps_told == ["absent", "near", "overdue"]
    people = {name: line.world.people[name] for name in ("transport", "township_officer")}
    count = {
        name: Notice.objects.filter(kind="cases.part", person=who).count() for name, who in people.items()
    }
    assert count == {"transport": 3, "township_officer": 2}
    assert not Part.objects.filter(next_at__isnull=False).exists()


def test_a_withdrawn_case_lets_every_part_go(line: Line, water: str) -> None:
    case = whistled(line)
    line.act(urging.cancel_test, case, "township_officer", reason="演练")
    assert set(states(case).values()) == {"let_go"}
    parts.sweep_parts(later(days=30))
    assert not Event.objects.filter(name="cases.part_due").exists()


def test_a_veto_lets_the_lead_whistle_again(line: Line, water: str) -> None:
    case = whistled(line, "dept.transport")
    line.act(parts.answer_part, case, "transport", text="好了")
    line.act(steps.solve, case, "township_officer", text="好了")
    line.act(steps.answer, case, "township_officer", text="好了")
    line.act(feedback.feedback, case, "liaison", solved=False)
    line.act(whistling.whistle, case, "township_officer", units=["dept.transport"], asked="再来一次")
    rows = Part.objects.filter(case=case).order_by("id").values_list("state", flat=True)
    assert list(rows) == ["answered", "called"]

"""The steps of a case: what each needs, who may do it, what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import adding, feedback, handing, pausing, sorting, steps, urging
from mulian.modules.cases.models import Case, Pause, Promise, Receiver
from mulian.modules.cases.queries.detail import detail
from tests.modules.cases.conftest import BRIDGE, Line, later
from tests.world import AT, TOWN, VILLAGE, VILLAGE2

LEAD = "village_deputy"
Act = Callable[[Line, Case], Any]

ACTS: dict[str, Act] = {
    "take": lambda line, case: line.act(steps.take, case, LEAD),
    "start": lambda line, case: line.act(steps.start, case, LEAD),
    "wait": lambda line, case: line.act(pausing.wait, case, LEAD, reason="等零件"),
    "solve": lambda line, case: line.act(steps.solve, case, LEAD, text="便桥已搭好"),
    "answer": lambda line, case: line.act(steps.answer, case, LEAD, text="可以通行"),
    "return": lambda line, case: line.act(handing.give_back, case, LEAD, reason="不归我们管"),
    "pass-up": lambda line, case: line.act(handing.pass_up, case, LEAD),
    "transfer": lambda line, case: line.act(handing.transfer, case, LEAD, to="dept.transport"),
    "reopen": lambda line, case: line.act(steps.reopen, case, LEAD, reason="又断了"),
    "close": lambda line, case: line.act(steps.close, case, LEAD),
}
PATHS = {
    "reported": (),
    "taken": ("take",),
    "in_work": ("take", "start"),
    "waiting": ("take", "wait"),
    "solved": ("take", "solve"),
    "answered": ("take", "solve", "answer"),
    "closed": ("take", "solve", "answer", "close"),
}
LEGAL = {
    "reported": {"take": "taken", "return": "returned", "pass-up": "reported", "transfer": "reported"},
    "taken": {
        "start": "in_work", "wait": "waiting", "solve": "solved",
        "return": "returned", "pass-up": "reported", "transfer": "reported",
    },
    "in_work": {
        "wait": "waiting", "solve": "solved", "return": "returned", "pass-up": "reported", "transfer": "reported",
    },
    "waiting": {
        "start": "in_work", "solve": "solved", "return": "returned", "pass-up": "reported", "transfer": "reported",
    },
    "solved": {"answer": "answered", "reopen": "taken"},
    "answered": {"close": "closed", "reopen": "taken"},
    "closed": {"reopen": "taken"},
}  # fmt: skip


def bring(line: Line, state: str) -> Case:
    case = line.report(household="near")
    for verb in PATHS[state]:
        ACTS[verb](line, case)
    return case


@pytest.mark.parametrize("state", PATHS)
def test_every_verb_in_every_state(line: Line, state: str) -> None:
    """Legal verbs move as the table says, all others are refused and change nothing."""
    outcome, refused = {}, set()
    for verb, act in ACTS.items():
        case = bring(line, state)
        before = Event.objects.filter(subject_id=case.id).count()
        try:
            outcome[verb] = act(line, case).state
        except Problem as problem:
            refused.add(problem.code)
            row = Case.unscoped.because("test").get(id=case.id)
            assert (row.state, Event.objects.filter(subject_id=case.id).count()) == (state, before)
            continue
        assert Receiver.objects.filter(case=case, until__isnull=True, standing="responsible").count() == 1
        assert Event.objects.filter(subject_id=case.id).count() > before
    assert outcome == LEGAL[state]
    assert refused == {"cases.illegal_step"}


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda line, case: line.act(steps.solve, case, LEAD, text="  "), "cases.evidence_needed"),
        (lambda line, case: line.act(pausing.wait, case, LEAD, reason=""), "cases.reason_needed"),
        (lambda line, case: line.act(handing.give_back, case, LEAD, reason=""), "cases.reason_needed"),
        (lambda line, case: line.act(handing.transfer, case, LEAD, to=""), "cases.unit_needed"),
        (lambda line, case: line.act(handing.transfer, case, LEAD, to="dept.moon"), "cases.unit_unsuitable"),
        (lambda line, case: line.act(steps.solve, case, "grid_head", text="x"), "forbidden"),
        (lambda line, case: line.act(steps.solve, case, "outsider", text="x"), "not_found"),
        (lambda line, case: line.act(steps.solve, case, "village_lead2", text="x"), "not_found"),
        (lambda line, case: line.act(steps.take, case, "auditor"), "forbidden"),
        (lambda line, case: line.act(adding.add, case, LEAD), "cases.nothing_said"),
        (lambda line, case: line.act(adding.add, case, LEAD, text="x" * 4001), "cases.too_long"),
        (lambda line, case: line.act(urging.urge, case, LEAD), "forbidden"),
        (lambda line, case: line.act(sorting.correct_topic, case, LEAD, topic="moon"), "cases.unknown_topic"),
        (lambda line, case: line.act(sorting.set_place, case, LEAD, areas=["999"]), "areas.unknown"),
        (
            lambda line, case: line.act(feedback.feedback, case, "liaison", solved=True, stars=6),
            "cases.bad_rating",
        ),
    ],
)
def test_refusals_name_what_is_missing(line: Line, act: Act, code: str) -> None:
    case = bring(line, "taken")
    with pytest.raises(Problem) as refused:
        act(line, case)
    assert refused.value.code == code


def test_an_informed_department_may_not_act_for_the_responsible(line: Line) -> None:
    case = line.report(household="near", text="路边着火了")
    line.act(handing.transfer, case, LEAD, to="dept.transport")
    line.act(handing.pass_up, case, "transport")
    with pytest.raises(Problem) as refused:
        line.act(steps.take, case, LEAD)
    assert refused.value.code == "cases.not_responsible"


def test_the_taker_is_the_named_person(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, "village_lead")
    assert (f"village:{VILLAGE}", "village_lead", "responsible", "place") in line.receivers(case)


def test_somebody_above_who_takes_it_is_responsible_then(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, "county_duty")
    assert ("county_centre", "county_duty", "responsible", "transferred") in line.receivers(case)
    assert (f"village:{VILLAGE}", LEAD, "informed", "earlier") in line.receivers(case)


def test_passing_up_keeps_the_clock(line: Line) -> None:
    case = bring(line, "taken")
    line.act(handing.pass_up, case, LEAD, at=later(days=2))
    assert ("township:632623204", "township_officer", "responsible", "passed_up") in line.receivers(case)
    assert Promise.objects.get(case=case, kind="solve").due == later(days=7)


def test_two_returns_and_then_the_county_decides(line: Line) -> None:
    case = bring(line, "taken")
    line.act(handing.transfer, case, LEAD, to="dept.transport")
    line.act(handing.give_back, case, "transport", reason="不是我们的路")
    assert (f"village:{VILLAGE}", LEAD, "responsible", "returned") in line.receivers(case)
    line.act(handing.give_back, case, LEAD, reason="也不是我们的")
    assert ("county_centre", "county_duty", "responsible", "second_return") in line.receivers(case)
    with pytest.raises(Problem) as refused:
        line.act(handing.give_back, case, "county_duty", reason="不知道")
    assert refused.value.code == "cases.illegal_step"


def test_waiting_stops_the_clock_for_exactly_that_long(line: Line) -> None:
    case = bring(line, "taken")
    line.act(pausing.wait, case, LEAD, at=later(days=1), reason="等零件")
    assert Promise.objects.get(case=case).state == "paused"
    line.act(steps.start, case, LEAD, at=later(days=3))
    promise = Promise.objects.get(case=case)
    assert (promise.state, promise.due) == ("running", later(days=9))
    assert Pause.objects.values_list("starts", "ends").get(case=case) == (later(days=1), later(days=3))


def test_what_a_village_solved_is_told_up_the_line_once(line: Line) -> None:
    case = bring(line, "solved")
    line.act(steps.reopen, case, LEAD, reason="又断了")
    line.act(steps.solve, case, LEAD, text="再次修好")
    assert Event.objects.filter(subject_id=case.id, name="cases.reported_up").count() == 1
    assert ("township:632623204", "township_officer", "informed", "solved_below") in line.receivers(case)
    told = Notice.objects.filter(subject_id=case.id, kind="cases.solved_below")
    assert {n.person for n in told} == {line.world.people[p] for p in ("township_officer", "county_duty")}


@pytest.mark.parametrize("topic", ["voice.suggestion", "social.pension", "work.job"])
def test_a_question_a_suggestion_or_a_wish_is_owed_a_reply_and_the_reply_is_all(
    line: Line, topic: str
) -> None:
    case = line.report(household="near", area=VILLAGE)
    case = line.act(sorting.correct_topic, case, "county_duty", topic=topic)
    line.act(steps.take, case, LEAD)
    actor = line.world.actor(LEAD)
    with translation.override("en"):
        asked = detail(case.id, actor, AT)
    assert asked is not None
    assert (asked.next.verb, [p.title for p in asked.promises]) == ("answer", ["to be replied to"])
    row = line.act(steps.answer, case, LEAD, at=later(days=1), text="下个月开始办")
    clock = Promise.objects.get(case=case, kind="solve")
    assert (row.state, row.outcome, clock.met_at) == ("answered", "solved", later(days=1))


def test_what_is_broken_is_solved_before_it_is_answered(line: Line) -> None:
    case = bring(line, "taken")
    with pytest.raises(Problem) as refused:
        line.act(steps.answer, case, LEAD, text="知道了")
    assert refused.value.code == "cases.illegal_step"


def test_relief_for_one_family_is_given_the_same_day(line: Line) -> None:
    case = line.report(household="near", text="家里没有燃料，需要棉被")
    assert (case.topic, case.kind) == ("disaster.relief", "problem")
    assert Promise.objects.get(case=case, kind="solve").due == later(hours=12)
    line.act(sorting.correct_topic, case, "county_duty", topic="road.bridge")
    assert Promise.objects.get(case=case, kind="solve").due == later(days=7)


def test_the_family_is_content(line: Line) -> None:
    case = bring(line, "answered")
    line.act(feedback.feedback, case, "liaison", solved=True, stars=5)
    row = Case.unscoped.because("test").get(id=case.id)
    assert (row.state, row.stars, row.family_solved, row.next_due) == ("closed", 5, True, None)
    assert not Promise.objects.filter(case=case, state__in=["running", "paused"]).exists()


def test_a_veto_reopens_with_the_original_clock(line: Line) -> None:
    case = bring(line, "answered")
    line.act(feedback.feedback, case, "liaison", at=later(days=3), solved=False, text="还是过不去")
    row = Case.unscoped.because("test").get(id=case.id)
    promise = Promise.objects.get(case=case, kind="solve")
    assert (row.state, promise.state, promise.start, promise.due) == ("taken", "running", AT, later(days=7))
    assert promise.next_at is not None


def test_setting_the_place_brings_new_receivers_in_and_keeps_earlier_informed(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    line.act(sorting.set_place, case, "county_duty", areas=[VILLAGE2])
    assert line.receivers(case) == {
        (f"village:{VILLAGE2}", "village_lead2", "responsible", "place"),
        ("county_centre", "county_duty", "watching", "county_watches"),
        (f"village:{VILLAGE}", LEAD, "informed", "earlier"),
        (VILLAGE, "grid_head", "informed", "earlier"),
    }
    row = Case.unscoped.because("test").get(id=case.id)
    assert (row.state, row.area_id, row.place_basis) == ("reported", VILLAGE2, "chosen")


def test_two_places_are_a_double_event(line: Line) -> None:
    case = line.report(household="near")
    line.act(sorting.set_place, case, "county_duty", areas=[VILLAGE, TOWN])
    assert (f"village:{TOWN}", "town_lead", "helper", "second_place") in line.receivers(case)


def test_a_corrected_topic_follows_the_person(line: Line) -> None:
    case = line.report(by="liaison_town", household="dual", text=BRIDGE)
    line.act(sorting.correct_topic, case, "county_duty", topic="social.pension")
    row = Case.unscoped.because("test").get(id=case.id)
    assert (row.topic_by, row.kind, row.area_id) == ("person", "question", VILLAGE)
    assert (f"village:{TOWN}", "town_lead", "helper", "residing") in line.receivers(case)


def test_urgency_starts_the_alarm_and_only_a_reason_lowers_it(line: Line) -> None:
    case = line.report(household="near")
    line.act(sorting.set_urgent, case, "county_duty", at=later(hours=1), reason="有人被困")
    take = Promise.objects.get(case=case, kind="take")
    assert (take.start, take.due, take.state) == (later(hours=1), later(hours=1, minutes=15), "running")
    with pytest.raises(Problem) as refused:
        line.act(sorting.lower_urgent, case, "county_duty", reason=" ")
    assert refused.value.code == "cases.only_a_person_lowers"
    line.act(sorting.lower_urgent, case, "county_duty", reason="误报")
    assert Promise.objects.get(case=case, kind="take").state == "cancelled"
    line.act(sorting.set_urgent, case, "county_duty", at=later(hours=2))
    assert Promise.objects.get(case=case, kind="take").due == later(hours=2, minutes=15)


def test_urging_tells_the_responsible(line: Line) -> None:
    case = line.report(household="near")
    line.act(urging.urge, case, "leader", text="抓紧")
    told = Notice.objects.get(subject_id=case.id, kind="cases.urged")
    assert told.person == line.world.people[LEAD]


def test_a_test_report_owes_nothing(line: Line) -> None:
    case = line.report(household="near")
    line.act(urging.cancel_test, case, "county_duty", reason="培训")
    row = Case.unscoped.because("test").get(id=case.id)
    assert (row.state, row.kind, row.next_due) == ("closed", "test", None)
    assert Promise.objects.get(case=case).state == "cancelled"

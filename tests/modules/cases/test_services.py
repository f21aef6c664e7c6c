"""Services: who receives them, how papers and steps move, what phones and pages hold of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mulian.core.notify.models import Notice
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import papers, services, sorting, steps
from mulian.modules.cases.domain.services import AT_A_COUNTER, WITH_THE_FAMILY, PaperState, move, moves
from mulian.modules.cases.models import Case, Promise, ServicePaper, ServiceStep
from mulian.modules.cases.queries import timeline
from mulian.modules.cases.queries.services import hours, offered, under_way, views
from tests.modules.cases.conftest import Line, later
from tests.world import AT, TOWN, TOWNSHIPS, VILLAGE
from tests.world.phone import Phone

FAR_TOWNSHIP = f"township:{TOWNSHIPS[0]}"
OFFICE = "Jiangqian Township government"
STATES = st.sampled_from(list(PaperState))


@pytest.fixture
def opened(line: Line) -> Case:
    return open_for(line, "dual", "social_card")


def open_for(line: Line, household: str, service: str, by: str = "liaison_town", **said: Any) -> Case:
    said.setdefault("id", uuid7(AT))
    return services.open_service(
        actor=line.world.actor(by), at=AT, service=service, household=line.world.households[household], **said
    )


def paper_states(case: Case) -> list[str]:
    return list(ServicePaper.objects.filter(case=case).order_by("place").values_list("state", flat=True))


@pytest.mark.django_db(databases="__all__")
def test_settled_from_afar_the_far_township_owns_and_the_community_carries(line: Line, opened: Case) -> None:
    assert (opened.kind, opened.area_id, opened.place, opened.topic) == (
        "service", TOWNSHIPS[0], VILLAGE, "papers.card",
    )  # fmt: skip
    assert line.receivers(opened) == {
        (FAR_TOWNSHIP, "township_officer", "responsible", "settles"),
        ("county_centre", "county_duty", "watching", "county_watches"),
        (f"village:{TOWN}", "town_lead", "helper", "carries"),
    }
    assert {row.kind for row in Promise.objects.filter(case=opened)} == {"solve"}


@pytest.mark.django_db(databases="__all__")
def test_at_home_the_township_settles_and_the_village_carries(line: Line) -> None:
    case = open_for(line, "near", "social_card", by="liaison")
    got = line.receivers(case)
    assert (f"township:{TOWNSHIPS[0]}", "township_officer", "responsible", "settles") in got
    assert {row for row in got if row[3] in ("carries", "accompanies")} == {
        (f"village:{VILLAGE}", next(r[1] for r in got if r[0] == f"village:{VILLAGE}"), "helper", "carries")
    }


@pytest.mark.django_db(databases="__all__")
def test_to_a_counter_of_the_state_nothing_is_sent(line: Line) -> None:
    case = open_for(line, "dual", "identity")
    assert line.receivers(case) == {
        (f"village:{TOWN}", "town_lead", "responsible", "accompanies"),
        ("county_centre", "county_duty", "watching", "county_watches"),
    }
    line.act(papers.move_papers, case, "liaison_town", papers=[0, 1], to=PaperState.READY)
    for to in (PaperState.CARRIED, PaperState.HANDED_OVER, PaperState.BACK):
        with pytest.raises(Problem) as refused:
            line.act(papers.move_papers, case, "town_lead", papers=[0], to=to)
        assert refused.value.code == "cases.nothing_sent"
    assert paper_states(case) == ["ready", "ready"]


@pytest.mark.django_db(databases="__all__")
def test_the_walk_of_a_service(line: Line, opened: Case) -> None:
    act = line.act
    act(papers.move_papers, opened, "liaison_town", papers=[0, 1], to=PaperState.READY)
    act(papers.move_papers, opened, "town_lead", papers=[0, 1], to=PaperState.CARRIED, at=later(hours=1))
    act(papers.take_step, opened, "liaison_town", step=0, at=later(hours=1))
    act(papers.move_papers, opened, "town_lead", papers=[0, 1], to=PaperState.HANDED_OVER, at=later(hours=3))
    for stranger in ("liaison_town", "town_lead"):
        with pytest.raises(Problem) as refused:
            act(papers.take_step, opened, stranger, step=1, at=later(hours=4))
        assert refused.value.code == "cases.not_your_step"
    act(steps.take, opened, "township_officer", at=later(hours=4))
    act(papers.take_step, opened, "township_officer", step=1, at=later(hours=4))
    with pytest.raises(Problem) as refused:
        act(steps.solve, opened, "township_officer", text="卡办好了", at=later(hours=5))
    assert refused.value.code == "cases.service_open"
    act(papers.move_papers, opened, "town_lead", papers=[0, 1], to=PaperState.BACK, at=later(hours=6))
    act(papers.take_step, opened, "town_lead", step=2, at=later(hours=6))
    solved = act(steps.solve, opened, "township_officer", text="卡办好了", at=later(hours=7))
    assert solved.state == "solved"
    with translation.override("en"):
        told = [entry.title for entry in timeline.entries(opened.id, "en")]
    assert [line for line in told if line.startswith(("Service", "Paper", "Step"))] == [
        "Service opened: Social security card",
        "Paper ready: Identity card", "Paper ready: Photo",
        "Paper taken along: Identity card", "Paper taken along: Photo",
        "Step done: The papers are collected at the door",
        f"Paper handed over to {OFFICE}: Identity card", f"Paper handed over to {OFFICE}: Photo",
        "Step done: The township takes them in and has the card made",
        "Paper back with the family: Identity card", "Paper back with the family: Photo",
        "Step done: Card and papers are brought home",
    ]  # fmt: skip


@pytest.mark.django_db(databases="__all__")
def test_who_has_which_paper_is_named(line: Line, opened: Case) -> None:
    line.act(papers.move_papers, opened, "town_lead", papers=[0], to=PaperState.CARRIED)
    line.act(papers.move_papers, opened, "liaison_town", papers=[1], to=PaperState.READY)
    carried, ready = views([opened.id], "en")[opened.id].papers
    assert (carried.state, carried.holder, carried.unit_name, carried.since) == (
        "carried",
        "合成town_lead",
        "",
        AT,
    )
    assert (ready.state, ready.holder, ready.unit_name) == ("ready", "", "")
    line.act(
        papers.move_papers, opened, "town_lead", papers=[0], to=PaperState.HANDED_OVER, at=later(hours=2)
    )
    handed, _ = views([opened.id], "en")[opened.id].papers
    assert (handed.holder, bool(handed.unit_name), handed.since) == ("", True, later(hours=2))


@pytest.mark.django_db(databases="__all__")
def test_said_twice_is_said_once_and_the_first_moment_stays(line: Line, opened: Case) -> None:
    for hour in (1, 2):
        line.act(
            papers.move_papers, opened, "town_lead", papers=[0], to=PaperState.CARRIED, at=later(hours=hour)
        )
        line.act(papers.take_step, opened, "town_lead", step=0, at=later(hours=hour))
    assert ServicePaper.objects.get(case=opened, place=0).since == later(hours=1)
    assert ServiceStep.objects.get(case=opened, place=0).done_at == later(hours=1)


@pytest.mark.django_db(databases="__all__")
def test_a_paper_the_office_finds_wanting_is_missing_again_and_the_liaison_is_told(
    line: Line, opened: Case
) -> None:
    for to in (PaperState.CARRIED, PaperState.HANDED_OVER):
        line.act(papers.move_papers, opened, "town_lead", papers=[0], to=to)
    Notice.objects.all().delete()
    line.act(
        papers.move_papers, opened, "township_officer", papers=[0], to=PaperState.NEEDED, at=later(hours=3)
    )
    assert paper_states(opened)[0] == "needed"
    assert line.world.people["liaison_town"] in Notice.objects.values_list("person", flat=True)


@pytest.mark.django_db(databases="__all__")
def test_ended_without_all_papers_needs_a_reason(line: Line, opened: Case) -> None:
    line.act(steps.take, opened, "township_officer")
    done = line.act(steps.solve, opened, "township_officer", text="家里自己办了", reason="家庭撤回申请")
    assert done.state == "solved"


@pytest.mark.django_db(databases="__all__")
def test_a_topic_set_later_moves_no_service(line: Line, opened: Case) -> None:
    before = line.receivers(opened)
    case = line.act(sorting.correct_topic, opened, "county_duty", topic="road.bridge")
    assert (case.kind, case.area_id, line.receivers(opened)) == ("service", TOWNSHIPS[0], before)


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    ("by", "household", "service", "code"),
    [
        ("liaison_town", "dual", "passport", "cases.unknown_service"),
        ("liaison", "dual", "social_card", "cases.foreign_household"),
        ("transport", "dual", "social_card", "forbidden"),
        ("grid_head", "near", "social_card", "forbidden"),
        ("leader", "near", "social_card", "forbidden"),
    ],
)
def test_what_is_refused_at_opening(line: Line, by: str, household: str, service: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        open_for(line, household, service, by=by)
    assert refused.value.code == code
    assert not Case.unscoped.because("test").exists()


@pytest.mark.django_db(databases="__all__")
def test_a_service_without_a_family_is_none(line: Line) -> None:
    with pytest.raises(Problem) as refused:
        services.open_service(
            id=uuid7(AT), actor=line.world.actor("county_duty"), at=AT, service="identity", household=None
        )
    assert refused.value.code == "cases.service_household"


@pytest.mark.django_db(databases="__all__")
def test_the_same_form_twice_is_one_service(line: Line) -> None:
    id = uuid7(AT)
    for _ in range(2):
        assert open_for(line, "dual", "social_card", id=id).id == id
    with pytest.raises(Problem) as refused:
        open_for(line, "near", "social_card", by="liaison", id=id)
    assert refused.value.code == "not_found"
    assert ServicePaper.objects.count() == 2


@pytest.mark.django_db(databases="__all__")
def test_papers_of_what_is_no_service_or_not_ones_own_do_not_exist(line: Line, opened: Case) -> None:
    plain = line.report(by="liaison_town", household="dual")
    for case, by, places in ((plain, "liaison_town", [0]), (opened, "liaison", [0]), (opened, "town_lead", [0, 7]),
                             (opened, "town_lead", [])):  # fmt: skip
        with pytest.raises(Problem) as refused:
            line.act(papers.move_papers, case, by, papers=places, to=PaperState.READY)
        assert refused.value.code == "not_found"
    assert paper_states(opened) == ["needed", "needed"]


@pytest.mark.django_db(databases="__all__")
def test_a_liaison_opens_and_marks_without_network_and_the_phone_learns_the_rest(line: Line) -> None:
    phone = Phone(line.world, "liaison_town", of=("case", "services"))
    phone.pull()
    catalogue = next(data for (kind, _), data in phone.held.items() if kind == "services")
    assert [each["code"] for each in catalogue["services"]] == [each.code for each in offered()]
    household = str(line.world.households["dual"])
    sent = phone.send("cases.open_service", {"service": "social_card", "household": household, "ready": [0]})
    assert (sent.state, sent.refs["case"]) == ("applied", str(sent.id))
    moved = phone.send("cases.move_paper", {"case": str(sent.id), "papers": [1], "to": "ready"})
    taken = phone.send("cases.take_step", {"case": str(sent.id), "step": 0})
    assert (moved.state, taken.state) == ("applied", "applied")
    phone.pull()
    held = phone.case(sent.id)
    assert held is not None
    service, ready = held["service"], {"state": "ready", "at": AT.isoformat(timespec="seconds")}
    assert (service["code"], service["sent"]) == ("social_card", True)
    assert service["name"] == {"zh": "社保卡", "bo": "སྤྱི་ཚོགས་འགན་ལེན་ལག་ཁྱེར"}
    assert [each | {"name": each["name"]["zh"]} for each in service["papers"]] == [
        {"name": "身份证", **ready}, {"name": "照片", **ready},
    ]  # fmt: skip
    assert [each | {"name": each["name"]["zh"]} for each in service["steps"]] == [
        {"name": "上门收材料", "who": "carrier", "at": ready["at"]},
        {"name": "乡镇受理并制卡", "who": "owner"}, {"name": "卡和材料送回家里", "who": "carrier"},
    ]  # fmt: skip
    case = Case.unscoped.because("test").get(id=sent.id)
    line.act(papers.take_step, case, "county_duty", step=1, at=later(minutes=5))
    [change] = phone.pull(later(minutes=6))
    assert (change.op, set(change.data or {})) == ("patch", {"service"})
    assert change.data is not None
    assert change.data["service"]["steps"][1]["at"] == later(minutes=5).isoformat(timespec="seconds")


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("cases.open_service", {"service": "passport"}, "cases.unknown_service"),
        ("cases.move_paper", {"papers": [0], "to": "burnt"}, "sync.bad_body"),
        ("cases.move_paper", {"papers": [9], "to": "ready"}, "not_found"),
        ("cases.take_step", {"step": 1}, "cases.not_your_step"),
    ],
)
def test_what_a_phone_may_not_say_is_refused(
    line: Line, opened: Case, kind: str, body: dict[str, Any], code: str
) -> None:
    about = (
        {"household": str(line.world.households["dual"])}
        if kind == "cases.open_service"
        else {"case": str(opened.id)}
    )
    sent = Phone(line.world, "liaison_town").send(kind, {**about, **body})
    assert (sent.state, sent.code) == ("refused", code)


@pytest.mark.django_db(databases="__all__")
def test_under_way_is_what_the_reader_may_see(line: Line, opened: Case) -> None:
    other = open_for(line, "near", "identity", by="liaison")
    at = later(minutes=1)
    seen = {
        who: {case.id for case in under_way(line.world.actor(who), at)}
        for who in ("town_lead", "village_lead", "county_duty", "outsider")
    }
    both = {opened.id, other.id}
    assert seen == {"town_lead": {opened.id}, "village_lead": both, "county_duty": both, "outsider": set()}
    assert [case.id for case in under_way(line.world.actor("county_duty"), at, "identity")] == [other.id]


@pytest.mark.django_db(databases="__all__")
def test_opening_days_follow_the_pack_s_calendar(world: object) -> None:
    card = next(each for each in offered() if each.code == "social_card")
    sunday, monday = hours(card, AT), hours(card, AT + timedelta(days=1))
    assert (sunday.today, str(sunday.next_day)) == ((), "2026-11-23")
    assert (monday.today, str(monday.next_day)) == (("09:00-12:00", "14:30-18:00"), "2026-11-24")


@given(STATES, st.lists(STATES, max_size=12), st.booleans())
def test_a_paper_is_always_in_one_place_and_comes_back(
    now: PaperState, wanted: list[PaperState], sent: bool
) -> None:
    """Whatever is asked, a paper moves along the ways the rules name; from everywhere there is a way home."""
    for to in wanted:
        if to is not now and to not in moves(now, sent=sent):
            with pytest.raises(Problem, match=r"cases\.(paper_order|nothing_sent)"):
                move(now, to, sent=sent)
        elif sent or to in AT_A_COUNTER:
            assert move(now, to, sent=sent) is (to is not now)
            now = to
    reach = {now}
    for _ in PaperState:
        reach |= {to for each in reach for to in moves(each, sent=sent)}
    assert not sent or reach & WITH_THE_FAMILY

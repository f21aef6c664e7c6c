"""Campaigns: whoever serves the area sees them, phones and officers fill the bank, and its sums always add up."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import campaigns, handing, sorting, steps, urging
from mulian.modules.cases.domain.campaigns import Stand, stand, total
from mulian.modules.cases.domain.outcomes import Outcome, Plan
from mulian.modules.cases.models import BankEntry, Campaign, Case
from mulian.modules.cases.queries.campaigns import bank, sums
from mulian.modules.cases.queries.campaigns import campaign as campaign_of
from mulian.modules.cases.queries.campaigns import campaigns as campaigns_of
from mulian.modules.cases.syncables.campaigns import render_campaigns, visible_campaigns
from tests.modules.cases.conftest import BRIDGE, Line, later
from tests.world import AT, FAR, TOWNSHIPS, VILLAGE
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = AT.astimezone(CN).date()
REVIEW = TODAY + timedelta(days=40)


def begin(line: Line, by: str = "township_officer", **other: Any) -> Campaign:
    wanted: dict[str, Any] = {
        "id": uuid7(AT),
        "name": "安全大排查",
        "area": TOWNSHIPS[0],
        "classes": ["road", "water"],
        "lookers": ["liaison"],
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=20),
        "leader": line.world.people["leader"],
    }
    return campaigns.begin(actor=line.world.actor(by), at=AT, **(wanted | other))


def find(line: Line, row: Campaign, by: str = "liaison", at: Any = AT, **said: Any) -> Case:
    case = line.report(by, at=at, **said)
    campaigns.find(case=case.id, campaign=row.id, actor=line.world.actor(by), at=at)
    return case


def refused(act: Any, **given: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**given)
    return caught.value.code


def test_whoever_serves_a_part_of_the_area_sees_it_and_nobody_else(line: Line) -> None:
    row = begin(line)
    seen = {
        who
        for who in line.world.people
        if Campaign.objects.visible_to(line.world.actor(who), "cases.view", at=AT).filter(id=row.id).exists()
    }
    assert seen == {
        "liaison", "liaison2", "liaison3", "grid_head", "village_lead", "village_deputy", "village_lead2",
        "township_officer", "county_duty", "county_duty2", "leader", "auditor", "transport",
    }  # fmt: skip
    looks = {who for who in seen if visible_campaigns(line.world.actor(who), AT)}
    assert looks == {"liaison", "liaison2", "liaison3"}


def test_a_phone_reports_into_it_and_twice_is_once(line: Line) -> None:
    row = begin(line)
    phone = Phone(line.world, "liaison")
    [held] = [change for change in phone.pull(AT) if change.kind == "campaign"]
    assert held.data == {
        "name": "安全大排查", "area": line_area(row), "starts": str(TODAY), "ends": str(row.ends_on),
    }  # fmt: skip
    case = phone.send("cases.report", {"text": BRIDGE}, at=AT)
    for _ in range(2):
        phone.send("cases.found", {"case": str(case.id), "campaign": str(row.id)}, at=AT)
    entry = BankEntry.objects.get()
    assert (entry.case_id, entry.matter, entry.how) == (case.id, "road", "found")
    assert (entry.leader_id, entry.target_on) == (line.world.people["leader"], row.ends_on)


def line_area(row: Campaign) -> str:
    return row.area.name("bo")


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "ends before it starts": ({"ends_on": TODAY - timedelta(days=1)}, "cases.campaign_days"),
    "longer than a year": ({"ends_on": TODAY + timedelta(days=400)}, "cases.campaign_days"),
    "looks for nothing": ({"classes": []}, "cases.campaign_classes"),
    "looks for what the pack does not know": ({"classes": ["gossip"]}, "cases.campaign_classes"),
    "elsewhere": ({"area": FAR}, "not_found"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_a_campaign_is_refused(line: Line, what: str) -> None:
    given, code = REFUSALS[what]
    assert refused(begin, line=line, **given) == code
    assert refused(begin, line=line, by="village_lead") == "not_found"
    assert refused(begin, line=line, leader=line.world.people["liaison"]) == "cases.leader_needed"


def test_what_does_not_belong_into_a_bank_is_refused(line: Line) -> None:
    row, narrow = begin(line), begin(line, area=VILLAGE)
    complaint = line.report("liaison", about_person=line.world.people["village_lead2"])
    elsewhere = line.report("liaison3", text="水渠坏了")
    other = find(line, narrow)
    officer = line.world.actor("township_officer")
    for case, into in ((complaint, row), (elsewhere, narrow), (other, row)):
        assert refused(campaigns.adopt, case=case.id, campaign=into.id, actor=officer, at=AT) in (
            "cases.campaign_case", "not_found",
        )  # fmt: skip
    campaigns.end(campaign=narrow.id, text="完成", actor=officer, at=AT)
    assert refused(find, line=line, row=narrow) == "cases.campaign_over"
    assert BankEntry.objects.count() == 1


def test_a_leader_is_charged_and_told(line: Line) -> None:
    row = begin(line)
    case = find(line, row)
    day = TODAY + timedelta(days=5)
    given: dict[str, Any] = {
        "case": case.id,
        "leader": line.world.people["leader"],
        "matter": "water",
        "at": AT,
    }
    officer = line.world.actor("township_officer")
    campaigns.charge(**given, target_on=day, actor=officer)
    entry = BankEntry.objects.get()
    assert (entry.matter, entry.target_on) == ("water", day)
    assert Event.objects.filter(name="cases.problem_charged", subject_id=case.id).count() == 1
    past = TODAY - timedelta(days=1)
    assert refused(campaigns.charge, **given, target_on=past, actor=officer) == "cases.campaign_target"
    assert (
        refused(campaigns.charge, **given, target_on=day, actor=line.world.actor("village_lead"))
        == "forbidden"
    )


def test_the_sum_of_the_reported_campaign_adds_up() -> None:
    problems = [(Stand.SOLVED, False)] * 164 + [(Stand.PROJECT, False)] * 21 + [(Stand.LONG, False)] * 42
    found = total(problems)
    assert (found.found, found.stands[Stand.SOLVED], found.stands[Stand.PROJECT], found.stands[Stand.LONG]) == (
        227, 164, 21, 42,
    )  # fmt: skip
    assert sum(found.stands.values()) == found.found


@pytest.mark.parametrize("outcome", ["", *Outcome])
@pytest.mark.parametrize("state", ["reported", "waiting", "solved", "closed"])
def test_every_problem_stands_in_one_place(state: str, outcome: str) -> None:
    for kind in ("problem", "test"):
        for joined in (False, True):
            where = stand(state=state, outcome=outcome, kind=kind, joined=joined, done=False)
            assert where in Stand
            assert (where is Stand.OUT) == (joined or kind == "test")


def test_sums_add_up_whatever_becomes_of_the_problems(line: Line) -> None:
    random, row = Random(7), begin(line)
    leader = line.world.people["leader"]
    plans = [
        Plan(outcome=each, leader=leader, review_on=REVIEW) for each in (Outcome.PROJECT, Outcome.LONG)
    ] + [Plan(outcome=Outcome.SOLVED)]
    for number in range(12):
        case = find(
            line, row, at=later(minutes=number), text=random.choice(("村口的桥断了", "水管冻裂了", "羊丢了"))
        )
        fate = number % 4
        if fate < 3:
            line.act(steps.take, case, "village_lead", later(hours=1))
            line.act(steps.solve, case, "village_lead", later(hours=2), text="办了", plan=plans[fate])
        elif number > 6:
            line.act(urging.cancel_test, case, "village_lead", later(hours=1))
    found = sums(row, later(days=30))
    assert {each.value: n for each, n in found.all.stands.items()} == {
        "open": 1, "solved": 3, "relieved": 0, "project": 3, "long": 3, "elsewhere": 0, "out": 2,
    }  # fmt: skip
    assert (found.all.found, found.all.late) == (12, 1)
    for each in Stand:
        assert sum(part.stands[each] for part in found.classes.values()) == found.all.stands[each]
    assert {"road", "water"} <= set(found.classes)
    assert bank(row, line.world.actor("leader"), later(days=30))[0].late


def test_what_only_a_voice_says_finds_its_class_when_it_is_sorted(line: Line) -> None:
    row = begin(line)
    case = find(line, row, text="你们来看看吧")
    assert sums(row, AT).classes[""].found == 1
    line.act(sorting.correct_topic, case, "village_lead", later(hours=1), topic="road.bridge")
    assert (set(sums(row, AT).classes), sums(row, AT).classes["road"].found) == ({"road", "water"}, 1)


def browser(line: Line, who: str) -> Client:
    client = Client(headers={"Accept": "text/html"})
    client.force_login(Person.objects.get(id=line.world.people[who]))
    return client


def test_from_beginning_to_report_at_the_console(line: Line) -> None:
    officer, leader = browser(line, "township_officer"), line.world.people["leader"]
    form = {
        "name": "排查", "area": TOWNSHIPS[0], "starts_on": str(TODAY), "ends_on": str(TODAY + timedelta(days=9)),
        "classes": ["road"], "lookers": ["liaison", "village_lead"], "leader": str(leader),
    }  # fmt: skip
    assert f'value="{TODAY}"' in officer.get("/campaigns/new/").content.decode()
    assert officer.post("/campaigns/new/", form | {"ends_on": "2020-01-01"}).status_code == 422
    home = officer.post("/campaigns/new/", form)["Location"]
    case = line.report()
    assert officer.post(f"{home}adopt/", {"number": "HY-nothing"}).status_code == 422
    assert officer.post(f"{home}adopt/", {"number": case.number.lower()}).status_code == 302
    charged = {"leader": str(leader), "target_on": str(date(2026, 11, 30)), "matter": "road"}
    assert officer.post(f"/cases/{case.id}/charge/", charged).status_code == 302
    shown = officer.get(home).content.decode()
    assert case.number in shown
    assert 'aria-label="1 = ' in shown
    assert f'href="{home}"' in officer.get(f"/cases/{case.id}/").content.decode()
    assert officer.post(f"{home}end/", {"text": "共一处"}).status_code == 302
    shown = officer.get(home).content.decode()
    assert "共一处" in shown
    assert f"{home}end/" not in shown
    assert BankEntry.objects.get().campaign_id == UUID(home.split("/")[2])


def test_others_see_the_sum_but_not_cases_beyond_their_reach(line: Line) -> None:
    row = begin(line)
    case = find(line, row, "liaison3", text="水渠坏了")
    shown = browser(line, "village_lead").get(f"/campaigns/{row.id}/").content.decode()
    assert 'aria-label="1 = ' in shown
    assert case.number not in shown
    assert browser(line, "outsider").get(f"/campaigns/{row.id}/").status_code == 404
    assert render_campaigns([row.id], line.world.actor("liaison_town"), AT) == {}


def test_a_department_sees_what_it_is_competent_for_and_what_it_was_given(line: Line) -> None:
    """The road office: not a sweep of wells; once a case of its bank is handed to it, that one too."""
    roads, wells = begin(line, classes=["road"]), begin(line, id=uuid7(later(minutes=1)), classes=["water"])
    road_office = line.world.actor("transport")
    assert [each.id for each in campaigns_of(road_office, AT)] == [roads.id]
    assert campaign_of(wells.id, road_office, AT) is None
    case = find(line, wells, "liaison", household="near")
    line.act(handing.transfer, case, "village_lead", later(hours=1), to="dept.transport")

    assert {each.id for each in campaigns_of(road_office, later(hours=2))} == {roads.id, wells.id}
    assert campaign_of(wells.id, road_office, later(hours=2)) == wells
    assert [each.case.id for each in bank(wells, road_office, later(hours=2))] == [case.id]

"""G9: a family can read who opened its record, in what way, how often and what for; nobody's reading is left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event, EventPrivate
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.reporting import report
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Help
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.models import Household, Member, Reading
from mulian.modules.households.queries.readings import readings
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seen(world: World, household: str = "near") -> list[tuple[str, Way, int, str]]:
    """Who, how, how often and what for, the latest first."""
    names = {id: username for username, id in world.people.items()}
    called = {Person.objects.get(id=id).name: username for id, username in names.items()}
    found, many = readings(world.households[household])
    assert many == len(found)
    return [(called[one.name], one.way, one.times, one.why) for one in found]


def browser(world: World, username: str) -> Client:
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people[username]))
    return client


def note(world: World, username: str, **given: Any) -> None:
    values = {"way": Way.PAGE, "at": AT, "households": [world.households["near"]], **given}
    actions.note_reading(actor=world.actor(username), **values)


def test_a_day_s_readings_of_one_person_are_one_line_with_a_count(world: World) -> None:
    for _ in range(3):
        note(world, "village_lead")
    note(world, "village_lead", at=AT + DAY)
    note(world, "county_duty")

    assert sorted(seen(world)) == [
        ("county_duty", Way.PAGE, 1, ""),
        ("village_lead", Way.PAGE, 1, ""),
        ("village_lead", Way.PAGE, 3, ""),
    ]


def test_the_first_of_a_day_stands_in_the_log_and_the_purpose_only_beside_it(world: World) -> None:
    both = [world.households["near"], world.households["next"]]
    note(world, "village_lead", households=both[:1], way=Way.TABLE, why="送饲料")
    note(world, "village_lead", households=both, way=Way.TABLE, why="送饲料")
    note(world, "village_lead", households=both, way=Way.TABLE, why="送饲料")

    told = list(Event.objects.filter(name="households.record_read").order_by("recorded_at", "id"))
    assert [sorted(event.data["households"]) for event in told] == [[str(both[0])], [str(both[1])]]
    assert {(event.actor, event.data["way"]) for event in told} == {(world.people["village_lead"], "table")}
    assert "送饲料" not in str([event.data for event in told])
    assert [EventPrivate.objects.get(event=event).values for event in told] == [{"why": "送饲料"}] * 2


def test_pages_searches_and_askings_are_kept_whoever_it_is(world: World) -> None:
    near = world.households["near"]
    case = UUID(int=7)
    report(actor=world.actor("liaison"), at=AT, text="羊圈塌了", household=near, id=case)
    row = Household.unscoped.because("test").get(id=near)
    for address in (f"/households/{near}/", f"/households/{near}/", f"/households/{near}/history/"):
        assert browser(world, "village_lead").get(address).status_code == 200
    actions.find_households(
        actor=world.actor("county_duty"), at=AT, reason="来电", number=row.number, village=VILLAGE
    )
    actions.ask_where(
        kind="case", subject=case, on=AT.date(), purpose="送药", actor=world.actor("liaison"), at=AT
    )

    assert sorted(seen(world)) == [
        ("county_duty", Way.FOUND, 1, "来电"),
        ("liaison", Way.WHERE, 1, "送药"),
        ("village_lead", Way.HISTORY, 1, ""),
        ("village_lead", Way.PAGE, 2, ""),
    ]


def test_a_page_that_is_refused_is_no_reading(world: World) -> None:
    assert browser(world, "outsider").get(f"/households/{world.households['near']}/").status_code == 404
    assert not Reading.unscoped.because("test").exists()


def test_the_slip_is_in_both_languages_and_names_who_looked(world: World) -> None:
    near = world.households["near"]
    note(world, "county_duty", why="核对低保")
    speaker = Member.unscoped.because("test").filter(household=near).first()
    assert speaker is not None
    agreed = Agreed(by=speaker.id, how=Consent.SPOKEN, on=AT.date(), witness="合成见证")
    help_ = Help(what="每月送药", who="合成村医")
    actions.note_need(
        household=near, code="chronic", member=speaker.id, agreed=agreed, plan=help_, actor=SYSTEM, at=AT
    )
    client, address = browser(world, "village_lead"), f"/households/{near}/slip/"

    before = client.get(address).content.decode()
    nobody = client.post(address, {"asked_by": "", "known_by": ""})
    given = client.post(address, {"asked_by": str(speaker.id), "known_by": "本人认识"})

    page = given.content.decode()
    assert "核对低保" not in before
    assert nobody.status_code == 422
    assert given.status_code == 200
    assert page.count("核对低保") == 2
    assert ('<article class="panel stack" lang="bo">' in page, 'lang="zh-Hans">' in page) == (True, True)
    assert "我家登记了什么" in page
    assert [page.count(told) for told in ("每月送药", "合成见证", "000-0000", "G001片区")] == [2, 2, 2, 2]
    slip = Event.objects.get(name="households.slip_given")
    assert (slip.subject_id, slip.actor) == (near, world.people["village_lead"])
    assert ("village_lead", Way.SLIP, 1, "") in seen(world)


@pytest.mark.parametrize(
    ("username", "code"), [("outsider", "not_found"), ("county_duty", "not_found"), ("liaison", "not_found")]
)
def test_only_the_desk_of_the_village_or_township_hands_it_out(
    world: World, username: str, code: str
) -> None:
    with pytest.raises(Problem) as refused:
        actions.give_slip(
            household=world.households["near"], asked_by=UUID(int=1), known_by="认识",
            actor=world.actor(username), at=AT,
        )  # fmt: skip
    assert refused.value.code in (code, "forbidden")
    assert not Event.objects.filter(name="households.slip_given").exists()


def test_who_is_named_without_how_they_are_known_is_refused(world: World) -> None:
    with pytest.raises(Problem) as refused:
        actions.give_slip(
            household=world.households["near"], asked_by=UUID(int=1), known_by=" ",
            actor=world.actor("village_lead"), at=AT,
        )  # fmt: skip
    assert refused.value.code == "households.slip_for_nobody"

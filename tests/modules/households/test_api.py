"""The register for programs: within scope, for a purpose that the family may read, nothing sensitive by the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Fact, Help
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.requests import Kind
from mulian.modules.households.models import Household, Member, Reading
from mulian.modules.households.queries import ledger
from tests.modules.households.test_requests import decide, take
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def get(world: World, username: str, address: str, **query: str) -> tuple[int, Any]:
    client = Client(headers={"Authorization": f"Bearer {world.api_token(username)}"})
    answer = client.get(f"/api/v1/households{address}", query)
    return answer.status_code, answer.json()


def read(world: World) -> list[tuple[Any, str]]:
    return list(Reading.unscoped.order_by("id").values_list("household", "why"))


def test_pages_by_number_are_the_ledger_and_each_is_a_reading(world: World) -> None:
    lead = world.actor("village_lead")
    wanted = list(ledger(lead, AT).order_by("number").values_list("number", flat=True))
    assert len(wanted) > 2

    seen, cursor = [], ""
    while cursor is not None:
        status, page = get(world, "village_lead", "", purpose="送饲料", limit="2", cursor=cursor)
        assert (status, len(page["items"]) <= 2) == (200, True)
        seen += [one["number"] for one in page["items"]]
        cursor = page["next"]

    assert seen == wanted
    assert {why for _, why in read(world)} == {"送饲料"}
    assert len(read(world)) == len(wanted)


def test_since_a_moment_only_what_was_told_from_then_on(world: World) -> None:
    later = AT + DAY
    actions.update_household(
        household=world.households["near"],
        facts=[Fact(code="livestock.yak", value=1)],
        actor=SYSTEM,
        at=later,
    )

    def since(moment: str) -> tuple[int, list[str]]:
        status, found = get(world, "village_lead", "", purpose="x", limit="100", since=moment)
        return status, [one["id"] for one in found.get("items", [])]

    assert since(later.isoformat()) == (200, [str(world.households["near"])])
    assert since((later + DAY).isoformat()) == (200, [])
    assert len(since("2000-01-01T00:00:00Z")[1]) == ledger(world.actor("village_lead"), AT).count()
    assert [since(wrong)[0] for wrong in ("yesterday", "2026-11-22T10:00:00")] == [422, 422]


@pytest.mark.parametrize("address", ["", "near"])
def test_without_a_purpose_nothing_is_answered(world: World, address: str) -> None:
    where = f"/{world.households['near']}" if address else ""
    status, problem = get(world, "village_lead", where, purpose=" ")
    assert (status, problem["code"]) == (422, "households.api_purpose")
    assert read(world) == []


@pytest.mark.parametrize(
    ("username", "listed", "one"),
    [("village_lead", 200, 200), ("liaison", 200, 200), ("county_duty", 403, 200), ("outsider", 200, 404),
     ("transport", 403, 403), ("auditor", 403, 403)],
)  # fmt: skip
def test_who_reads_what(world: World, username: str, listed: int, one: int) -> None:
    near = world.households["near"]
    status, page = get(world, username, "", purpose="x")
    assert (status, get(world, username, f"/{near}", purpose="x")[0]) == (listed, one)
    assert username != "outsider" or page["items"] == []


def test_facts_of_today_and_needs_only_where_they_are_asked_for_by_who_helps(world: World) -> None:
    near = world.households["near"]
    elder = Member.unscoped.filter(household=near).order_by("position")[3]
    fact = Fact(code="livestock.yak", value=120)
    actions.update_household(household=near, facts=[fact], actor=SYSTEM, at=AT)
    actions.note_need(
        household=near, code="elder_alone", member=elder.id,
        agreed=Agreed(by=elder.id, how=Consent.SPOKEN, on=AT.astimezone(CN).date()),
        plan=Help(what="看望", who="合成村委会"), actor=SYSTEM, at=AT,
    )  # fmt: skip

    def asked(username: str, **more: str) -> tuple[Any, Any]:
        found = get(world, username, f"/{near}", purpose="核对", **more)[1]
        return [one["value"] for one in found["facts"] if one["item"] == "livestock.yak"], found["needs"]

    assert asked("village_lead") == ([120], None)
    assert asked("village_lead", care="true") == ([120], ["elder_alone"])
    assert asked("grid_head", care="true") == ([120], None)
    assert asked("county_duty", care="true") == ([120], None)


def test_a_restricted_record_is_in_no_list_and_answers_no_fact(world: World) -> None:
    near = world.households["near"]
    actions.update_household(household=near, facts=[Fact(code="livestock.yak", value=1)], actor=SYSTEM, at=AT)
    decide(world, take(world, Kind.RESTRICT))
    number = Household.unscoped.get(id=near).number
    listed = get(world, "village_lead", "", purpose="x", area=VILLAGE, limit="100")[1]["items"]
    found = get(world, "village_lead", f"/{near}", purpose="x", care="true")[1]
    assert number not in [one["number"] for one in listed]
    assert (found["restricted"], found["facts"], found["needs"]) == (True, [], None)


def test_places_are_villages(world: World) -> None:
    found = get(world, "village_lead", f"/{world.households['near']}", purpose="x")[1]
    assert (found["registered"], found["residing"]) == (VILLAGE, VILLAGE)

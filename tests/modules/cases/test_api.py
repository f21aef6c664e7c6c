"""The API's contract: exact keys, states, statuses; what is not yours does not exist."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import steps
from tests.modules.cases.conftest import BRIDGE, Line, later
from tests.world import AT, COUNTY, VILLAGE

CONTRACT = {
    "id", "number", "kind", "state", "outcome", "topic", "text", "urgent", "area", "household", "receivers",
    "promises", "timeline", "media",
}  # fmt: skip


class Api:
    """One program's view of the API."""

    def __init__(self, username: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer api-{username}"})

    def get(self, path: str) -> tuple[int, Any]:
        answer = self.client.get(f"/api/v1{path}")
        return answer.status_code, json.loads(answer.content)

    def post(self, path: str, body: Any = None) -> tuple[int, Any]:
        answer = self.client.post(
            f"/api/v1{path}", json.dumps(body if body is not None else {}), content_type="application/json"
        )
        return answer.status_code, json.loads(answer.content)


def test_a_case_from_post_to_answer(line: Line) -> None:
    duty, village, id = Api("county_duty"), Api("village_lead"), str(uuid7())
    household = str(line.world.households["near"])
    status, made = duty.post(
        "/cases", {"id": id, "text": BRIDGE, "household": household, "on_behalf_of": "来电"}
    )
    assert status == 201
    assert set(made) >= CONTRACT
    assert (made["id"], made["state"], made["household"], made["topic"]) == (
        id,
        "reported",
        household,
        "road.bridge",
    )
    assert [set(each) for each in made["receivers"]] == [
        {"unit", "area", "person", "role", "reason", "reason_code"}
    ] * 3
    assert [set(each) for each in made["promises"]] == [{"kind", "start", "due", "met", "state", "paused"}]
    assert {len(each["area"]) for each in made["receivers"]} == {6, 12}
    status, again = duty.post("/cases", {"id": id, "text": BRIDGE})
    assert (status, again["number"]) == (200, made["number"])
    for verb, body, state in (
        ("take", {}, "taken"),
        ("start", {}, "in_work"),
        ("wait", {"reason": "等零件"}, "waiting"),
        ("start", {}, "in_work"),
        ("solve", {"text": "便桥已搭好"}, "solved"),
        ("answer", {"text": "可以通行"}, "answered"),
        ("close", {}, "closed"),
        ("reopen", {"reason": "又断了"}, "taken"),
        ("pass-up", {}, "reported"),
    ):
        status, case = village.post(f"/cases/{id}/{verb}", body)
        assert (status, case["state"]) == (200, state), (verb, case)
    assert [each["event"] for each in case["timeline"]][:3] == [
        "cases.reported",
        "cases.taken",
        "cases.started",
    ]
    assert [set(each) for each in case["timeline"]] == [{"at", "event", "actor", "text"}] * len(
        case["timeline"]
    )


def test_transfer_and_return(line: Line) -> None:
    case = line.report(household="near")
    status, found = Api("village_lead").post(f"/cases/{case.id}/transfer", {"to": "dept.transport"})
    assert (status, found["responsible"]["unit"]) == (200, "dept.transport")
    status, found = Api("transport").post(f"/cases/{case.id}/return", {"reason": "不归我们管"})
    assert (status, found.get("code")) == (200, None)


def test_refusals_are_problems(line: Line) -> None:
    case = line.report(household="near")
    village = Api("village_lead")
    for path, body, expected in (
        (f"/cases/{case.id}/solve", {"text": "修好了"}, (409, "cases.illegal_step")),
        (f"/cases/{case.id}/fly", {}, (404, "not_found")),
        (f"/cases/{uuid7()}/take", {}, (404, "not_found")),
        ("/cases", {}, (422, "cases.nothing_said")),
        ("/cases", {"id": "0e0f2c26-36c8-4b0f-8a4b-0d6a3f2a1a11", "text": "x"}, (422, "cases.bad_id")),
        ("/cases", {"text": "x", "area": "999"}, (404, "areas.unknown")),
        ("/cases", {"text": "x", "place": {"lat": 95, "lon": 1}}, (422, "cases.bad_place")),
        ("/cases", {"text": "x", "place": "here"}, (422, "invalid")),
        ("/cases", {"text": "x", "photos": ["nothex"]}, (422, "invalid")),
    ):
        status, problem = village.post(path, body)
        assert (status, problem["code"]) == expected, (path, problem)
        assert {"type", "title", "status", "code", "next_step"} <= set(problem)
    assert Client().get("/api/v1/cases").status_code == 401
    assert Client(headers={"authorization": "Bearer wrong"}).get("/api/v1/cases").status_code == 401
    assert Api("administrator").get("/cases")[0] == 403


def test_what_is_not_yours_does_not_exist(line: Line) -> None:
    case = line.report(household="near", about_person=line.world.people["village_lead"])
    for username in ("outsider", "village_lead", "village_deputy", "transport"):
        api = Api(username)
        assert api.get(f"/cases/{case.id}")[0] == 404
        assert api.get("/cases")[1]["items"] == []
        assert api.post(f"/cases/{case.id}/take")[0] in (403, 404)
    assert [each["id"] for each in Api("county_duty").get("/cases")[1]["items"]] == [str(case.id)]


def test_lists_page_search_and_filter(line: Line) -> None:
    made = [
        line.report(household="near", at=later(seconds=-n), text=f"桥断了 mark{n:02d}x") for n in range(25)
    ]
    line.act(steps.take, made[3], "village_deputy")
    duty, seen, cursor = Api("county_duty"), [], ""
    while True:
        status, page = duty.get(f"/cases?limit=10&cursor={cursor}")
        assert status == 200
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert seen == [str(case.id) for case in made]
    assert [c["text"] for c in duty.get("/cases?q=mark07")[1]["items"]] == ["桥断了 mark07x"]
    assert len(duty.get("/cases?q=桥断")[1]["items"]) == 25
    assert duty.get(f"/cases?q={made[4].number}")[1]["items"][0]["id"] == str(made[4].id)
    assert [c["id"] for c in duty.get("/cases?state=taken")[1]["items"]] == [str(made[3].id)]
    assert len(duty.get(f"/cases?area={VILLAGE}&limit=200")[1]["items"]) == 25
    assert duty.get("/cases?area=632623100")[1]["items"] == []
    assert duty.get("/cases?state=flying")[0] == 422
    assert duty.get("/cases?cursor=%21%21")[0] == 422
    assert len(duty.get("/cases?limit=9999")[1]["items"]) == 25
    assert len(Api("leader").get(f"/cases?area={COUNTY}&limit=200")[1]["items"]) == 25


def test_lists_cost_the_same_however_long(
    line: Line, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        line.report(household="near", at=later(seconds=-n))
    duty = Api("county_duty")
    duty.get("/cases")
    with django_assert_max_num_queries(5):
        assert len(duty.get("/cases")[1]["items"]) == 12


def test_one_case_costs_a_constant_number_of_statements(
    line: Line, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = line.report(household="near")
    village = Api("village_lead")
    for verb, body in (("take", {}), ("wait", {"reason": "等"}), ("start", {}), ("solve", {"text": "好"})):
        village.post(f"/cases/{case.id}/{verb}", body)
    with django_assert_max_num_queries(24):
        assert village.get(f"/cases/{case.id}")[1]["received_at"] == AT.isoformat(timespec="seconds")

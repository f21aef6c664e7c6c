"""The verbs around a case's clocks, as programs use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.modules.cases.conftest import Line, later

pytestmark = pytest.mark.django_db(databases="__all__")
Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(line: Line) -> Call:
    """`call("village_deputy", case, "take", text=…)`: status and body."""

    def called(who: str, case: str, verb: str = "", **body: object) -> tuple[int, dict[str, Any]]:
        client = Client(headers={"Authorization": f"Bearer {line.world.api_token(who)}"})
        path = f"/api/v1/cases/{case}" + (f"/{verb}" if verb else "")
        answer = client.post(path, body, content_type="application/json") if verb else client.get(path)
        return answer.status_code, answer.json()

    return called


def test_a_life_with_a_wait_more_time_and_supervision(line: Line, call: Call) -> None:
    case = str(line.report(household="near").id)
    assert call("village_deputy", case, "take")[0] == 200
    until = later(days=10).isoformat()
    status, waiting = call("village_deputy", case, "wait", code="season", until=until)
    assert (status, waiting["state"]) == (200, "waiting")
    assert waiting["wait"]["asked_until"] == later(days=10).isoformat(timespec="seconds")
    assert call("township_officer", case, "decide-wait", granted=True)[1]["wait"]["asked_until"] is None
    assert (
        call("village_deputy", case, "extend", days=5, reason="等构件")[1]["extensions"][0]["state"]
        == "asked"
    )
    granted = call("township_officer", case, "decide-extension", granted=True)[1]
    assert granted["extensions"][0]["state"] == "granted"
    supervised = call("leader", case, "supervise", text="说明进展", days=2)[1]["supervision"]
    assert (supervised["stage"], supervised["round"]) == ("demanded", 1)
    assert call("village_deputy", case, "reply", text="周五完工")[1]["supervision"]["stage"] == "replied"
    assert call("leader", case, "accept")[1]["supervision"]["stage"] == "accepted"
    assert call("county_duty", case, "urge", text="请抓紧")[1]["urged"] == 1
    assert call("village_deputy", case, "attempt", text="没谈成")[1]["tried"] == 1
    assert call("village_deputy", case, "contact", how="call")[0] == 200
    assert call("village_deputy", case, "interim", text="材料周五到")[0] == 200


@pytest.mark.parametrize(
    ("who", "verb", "body", "status", "code"),
    [
        ("village_deputy", "wait", {}, 422, "cases.reason_needed"),
        ("village_deputy", "extend", {"days": 99, "reason": "慢"}, 422, "cases.extension_too_long"),
        ("village_deputy", "extend", {"days": 3}, 422, "cases.reason_needed"),
        ("village_deputy", "contact", {}, 422, "cases.bad_contact"),
        ("village_deputy", "supervise", {"text": "说明"}, 403, "cases.not_a_leader"),
        ("village_deputy", "decide-extension", {"granted": True}, 403, "cases.not_above"),
        ("county_duty", "decide-extension", {}, 422, "invalid"),
        ("county_duty", "decide-extension", {"granted": True}, 409, "cases.no_extension_asked"),
        ("county_duty", "decide-wait", {"granted": True}, 409, "cases.no_longer_pause_asked"),
        ("leader", "supervise", {"text": "说明", "days": 99}, 422, "cases.bad_supervision_time"),
        ("leader", "accept", {}, 409, "cases.not_supervised"),
        ("outsider", "contact", {"how": "call"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_is_a_problem_with_its_code(
    line: Line, call: Call, who: str, verb: str, body: dict[str, object], status: int, code: str
) -> None:
    case = str(line.report(household="near").id)
    call("village_deputy", case, "take")
    got, problem = call(who, case, verb, **body)
    assert (got, problem["code"]) == (status, code)

"""Whistle on the case page and for programs: call in, report in, answer, and a lead that must say why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mulian.modules.cases.actions import sorting
from mulian.modules.cases.models import Case, Part
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import HTMX, SignIn
from tests.world import World

pytestmark = pytest.mark.django_db(databases="__all__")


def fresh(case: Case) -> Case:
    return Case.unscoped.because("a test reads what happened").get(id=case.id)


def test_from_the_whistle_to_the_solution(line: Line, sign_in: SignIn) -> None:
    case = line.report(household="near")
    line.act(sorting.correct_topic, case, "township_officer", topic="road.bridge")
    url = f"/cases/{case.id}"
    township = sign_in("township_officer")
    assert township.get(f"{url}/").context["detail"].next.whistle
    form = township.get(f"{url}/steps/whistle/", headers=HTMX)
    assert form.context["form"]["units"].initial == ["dept.transport", "dept.water"]
    empty = township.post(f"{url}/steps/whistle/", {"units": ["dept.transport"]}, headers=HTMX)
    assert empty.status_code == 422
    assert 'value="dept.transport"' in empty.content.decode()
    said = {"units": ["dept.transport"], "asked": "看看桥"}
    assert township.post(f"{url}/steps/whistle/", said, headers=HTMX).status_code == 200

    solve = {"text": "修好了"}
    waits = township.post(f"{url}/steps/solve/", solve, headers=HTMX)
    assert (waits.status_code, fresh(case).state) == (422, "taken")
    assert "has not answered yet" in waits.content.decode()

    transport = sign_in("transport")
    page = transport.get(f"{url}/").content.decode()
    assert "Your office is called in" in page
    assert "看看桥" in page
    assert "Nothing for you to do now" not in page
    assert transport.post(f"{url}/steps/report-in/", headers=HTMX).status_code == 200
    assert transport.post(f"{url}/steps/answer-part/", {"text": ""}, headers=HTMX).status_code == 422
    assert transport.post(f"{url}/steps/answer-part/", {"text": "加固了"}, headers=HTMX).status_code == 200
    assert "Nothing for you to do now" in transport.get(f"{url}/").content.decode()
    shown = sign_in("township_officer").get(f"{url}/").content.decode()
    for word in ("has answered", "合成transport", "reported in"):
        assert word in shown
    assert sign_in("township_officer").post(f"{url}/steps/solve/", solve, headers=HTMX).status_code == 200
    assert fresh(case).state == "solved"


@pytest.mark.parametrize("language", ["bo", "zh-hans"])
def test_no_english_is_left_on_the_page(line: Line, sign_in: SignIn, language: str) -> None:
    case = line.report(household="near")
    client = sign_in("township_officer", language=language)
    client.post(f"/cases/{case.id}/steps/whistle/", {"units": ["dept.transport"], "asked": "看桥"})
    text = client.get(f"/cases/{case.id}/").content.decode()
    for word in ("called in", "to report in", "Call departments in", "Called in"):
        assert word not in text


def test_programs_whistle_report_in_and_answer(line: Line, world: World) -> None:
    case = line.report(household="near")

    def post(who: str, verb: str, body: dict[str, object]) -> Any:
        headers = {"Authorization": f"Bearer {world.api_token(who)}"}
        return Client().post(
            f"/api/v1/cases/{case.id}/{verb}", body, content_type="application/json", headers=headers
        )

    called = post("township_officer", "whistle", {"units": ["dept.transport"], "reason": "看桥"})
    assert called.status_code == 200
    assert [(p["unit"], p["state"]) for p in called.json()["parts"]] == [("dept.transport", "called")]
    assert post("transport", "report-in", {}).json()["parts"][0]["state"] == "here"
    done = post("transport", "answer-part", {"text": "好了"}).json()["parts"][0]
    assert (done["state"], done["answer"]) == ("answered", "好了")
    refused = post("township_officer", "solve", {"text": "x"})
    assert refused.status_code == 200
    assert Part.objects.get(case=case).state == "answered"

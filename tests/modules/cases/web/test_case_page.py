"""The page of one case: who has it, the one next step, the quiet menu, and what a form is told when it is wrong."""

from __future__ import annotations

from uuid import uuid4

import pytest

from mulian.core.files.models import BlobUse
from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.models import Case
from mulian.modules.households.models import Reading
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import HTMX, SignIn
from tests.world import VILLAGE2

pytestmark = pytest.mark.django_db(databases="__all__")
LEAD = "village_deputy"


def state(case: Case) -> str:
    return str(Case.unscoped.because("a test reads what happened").get(id=case.id).state)


def test_responsible_unit_and_person_stand_first(line: Line, sign_in: SignIn) -> None:
    case = line.report(household="near", urgent=True)
    page = sign_in(LEAD).get(f"/cases/{case.id}/")
    assert page.status_code == 200
    first, *others = page.context["receivers"]
    assert (first[0].standing, first[0].person_name) == ("responsible", "合成village_deputy")
    assert "responsible" not in {each.standing for each, _ in others}
    html = page.content.decode()
    assert html.index('class="responsible"') < html.index("合成county_duty")
    assert "It happened where you serve" in html
    assert page.context["verb"] == "take"


def test_a_case_that_names_a_family_is_read_of_it_once_a_day_however_often(
    line: Line, sign_in: SignIn
) -> None:
    of_family, of_place = line.report(household="near"), line.report()
    client = sign_in(LEAD)
    for case in (of_family, of_family, of_place):
        assert client.get(f"/cases/{case.id}/").status_code == 200
    assert sign_in("outsider").get(f"/cases/{of_family.id}/").status_code == 404
    [read] = Reading.unscoped.because("a test looks").all()
    expected = line.world.households["near"], line.world.people[LEAD], "case", 2
    assert (read.household_id, read.person, read.way, read.times) == expected


@pytest.mark.parametrize("path", ["", "live/", "steps/take/", "place/", "urgency/", "add/", "cancel/"])
def test_a_case_beyond_ones_duty_does_not_exist(line: Line, sign_in: SignIn, path: str) -> None:
    case = line.report(household="near")
    client = sign_in("outsider")
    assert client.get(f"/cases/{case.id}/{path}").status_code == 404
    assert client.get(f"/cases/{uuid4()}/{path}").status_code == 404


def test_from_taken_to_the_familys_word(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    url = f"/cases/{case.id}"
    taken = client.post(f"{url}/steps/take/", headers=HTMX)
    assert (taken.status_code, state(case)) == (200, "taken")
    assert 'id="case"' in taken.content.decode()
    assert "<html" not in taken.content.decode()

    photo = "cd" * 32
    client.post(f"{url}/steps/solve/", {"text": "换了桥板", "photos": [photo]}, headers=HTMX)
    assert state(case) == "solved"
    assert BlobUse.objects.filter(subject_id=case.id, blob_id=photo, role="evidence").exists()

    voice = {"voice": "ab" * 32, "voice_seconds": "4.5", "voice_mime": "audio/webm"}
    client.post(f"{url}/steps/answer/", voice, headers=HTMX)
    assert state(case) == "answered"

    client.post(f"{url}/rate/", {"solved": "yes", "stars": "4"}, headers=HTMX)
    page = client.get(f"{url}/").content.decode()
    assert state(case) == "closed"
    assert "4 of 5 stars" in page
    assert "The family is content." in page


def test_solving_needs_evidence_and_the_form_says_so(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    line.act(steps.take, case, LEAD)
    answer = client.post(f"/cases/{case.id}/steps/solve/", {"text": " "}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#step-solve"
    assert "Solving needs a photo, a voice or a text" in answer.content.decode()
    assert state(case) == "taken"


@pytest.mark.parametrize("rubbish", [{"voice": "xyz"}, {"photos": ["../../etc"]}, {"text": "长" * 4001}])
def test_what_is_no_file_or_too_long_is_refused_in_the_form(
    line: Line, sign_in: SignIn, rubbish: dict[str, object]
) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    line.act(steps.take, case, LEAD)
    assert client.post(f"/cases/{case.id}/steps/solve/", rubbish, headers=HTMX).status_code == 422
    assert state(case) == "taken"


def test_a_step_sent_twice_is_harmless_and_told(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    client.post(f"/cases/{case.id}/steps/take/", headers=HTMX)
    again = client.post(f"/cases/{case.id}/steps/take/", headers=HTMX)
    assert (again.status_code, again.json()["code"]) == (409, "cases.illegal_step")
    assert again.json()["next_step"]
    assert state(case) == "taken"


def test_without_script_the_same_forms_work(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    done = client.post(f"/cases/{case.id}/steps/take/")
    assert (done.status_code, done.headers["Location"]) == (302, f"/cases/{case.id}/")
    wrong = client.post(f"/cases/{case.id}/steps/wait/", {"reason": ""})
    assert wrong.status_code == 422
    assert "<html" in wrong.content.decode()
    client.post(f"/cases/{case.id}/steps/wait/", {"reason": "等县里的车"})
    assert state(case) == "waiting"
    assert "等县里的车" in client.get(f"/cases/{case.id}/").content.decode()


@pytest.mark.parametrize(
    ("verb", "data", "after"),
    [
        ("start", {}, "in_work"),
        ("pass-up", {"reason": "村里没有机械"}, "reported"),
        ("transfer", {"to": "dept.transport"}, "reported"),
    ],
)
def test_the_quiet_menu(line: Line, sign_in: SignIn, verb: str, data: dict[str, str], after: str) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    line.act(steps.take, case, LEAD)
    form = client.get(f"/cases/{case.id}/steps/{verb}/", headers=HTMX)
    assert f'id="step-{verb}"' in form.content.decode()
    assert client.post(f"/cases/{case.id}/steps/{verb}/", data, headers=HTMX).status_code == 200
    assert state(case) == after


def test_transfer_offers_only_offices_that_can_take_it(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    line.act(steps.take, case, LEAD)
    page = client.post(f"/cases/{case.id}/steps/transfer/", {"to": "nobody"}, headers=HTMX)
    assert page.status_code == 422
    assert 'value="dept.transport"' in page.content.decode()


def test_an_unknown_step_and_a_missing_duty(line: Line, sign_in: SignIn) -> None:
    case = line.report(household="near")
    assert sign_in(LEAD).post(f"/cases/{case.id}/steps/burn/").status_code == 404
    assert sign_in("auditor").post(f"/cases/{case.id}/steps/take/").status_code == 403
    assert sign_in("auditor").get(f"/cases/{case.id}/").status_code == 200
    assert sign_in("administrator").get(f"/cases/{case.id}/").status_code == 403


def test_topic_is_confirmed_or_corrected(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    page = client.get(f"/cases/{case.id}/")
    assert page.context["suggestions"][0].code == "road.bridge"
    assert "% sure" in page.content.decode()
    client.post(f"/cases/{case.id}/topic/", {"topic": "water.supply"}, headers=HTMX)
    row = Case.unscoped.because("a test reads what happened").get(id=case.id)
    assert (row.topic, row.topic_by) == ("water.supply", "person")
    assert "set by a person" in client.get(f"/cases/{case.id}/").content.decode()
    assert client.post(f"/cases/{case.id}/topic/", {"topic": "no.such"}, headers=HTMX).status_code == 422


def test_the_place_moves_the_case_and_urgency_needs_a_reason_to_go(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near", urgent=True), sign_in("county_duty")
    url = f"/cases/{case.id}"
    assert client.post(f"{url}/place/", {"area": VILLAGE2}, headers=HTMX).status_code == 200
    assert any(unit == f"village:{VILLAGE2}" for unit, *_ in line.receivers(case))
    assert client.post(f"{url}/place/", {"area": ""}, headers=HTMX).status_code == 422
    assert client.post(f"{url}/urgency/", {"reason": ""}, headers=HTMX).status_code == 422
    assert client.post(f"{url}/urgency/", {"reason": "人已平安"}, headers=HTMX).status_code == 200
    assert not Case.unscoped.because("a test reads what happened").get(id=case.id).urgent
    assert client.post(f"{url}/urgency/", {"reason": ""}, headers=HTMX).status_code == 200


def test_urging_adding_and_closing_a_test(line: Line, sign_in: SignIn) -> None:
    case, above = line.report(household="near"), sign_in("township_officer")
    url = f"/cases/{case.id}"
    assert above.post(f"{url}/urge/", {"text": "请尽快"}, headers=HTMX).status_code == 200
    assert above.post(f"{url}/add/", {"text": "还有两户"}, headers=HTMX).status_code == 200
    assert above.post(f"{url}/add/", {"text": ""}, headers=HTMX).status_code == 422
    page = above.get(f"{url}/").content.decode()
    assert "请尽快" in page
    assert "还有两户" in page
    assert sign_in(LEAD).post(f"{url}/cancel/", {"kind": "test"}, headers=HTMX).status_code == 200
    assert state(case) == "closed"


def test_the_page_says_when_somebody_else_changed_the_case(line: Line, sign_in: SignIn) -> None:
    case, client = line.report(household="near"), sign_in(LEAD)
    before = client.get(f"/cases/{case.id}/live/").json()
    line.act(steps.take, case, "village_lead")
    after = client.get(f"/cases/{case.id}/live/").json()
    assert after["number"] > before["number"]


def test_a_point_is_drawn_with_known_places(line: Line, sign_in: SignIn) -> None:
    case = line.report(household="near", place=Spot(lat=33.96, lon=99.9, accuracy=20.0))
    page = sign_in(LEAD).get(f"/cases/{case.id}/")
    assert "map-point" in page.content.decode()
    assert all(each["metres"] <= 60_000 for each in page.context["near"])

"""A report an officer writes down for somebody: once, however often it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from mulian.core.access.limits import Shared
from mulian.core.areas.models import Unit
from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.bucket import Buckets
from mulian.modules.cases.models import Case
from mulian.modules.households.actions import searching
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import SignIn
from tests.world import VILLAGE2

pytestmark = pytest.mark.django_db(databases="__all__")


def blank(client: Any) -> dict[str, str]:
    return {"id": str(client.get("/cases/new/").context["form"]["id"].value())}


def cases() -> list[Case]:
    return list(Case.unscoped.because("a test reads what happened").all())


def test_sent_twice_it_is_one_case_with_its_place_and_caller(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty")
    sent = {**blank(client), "text": "水管裂了没水", "area": VILLAGE2, "on_behalf_of": "来电", "urgent": "on"}
    first, second = client.post("/cases/new/", sent), client.post("/cases/new/", sent)
    [case] = cases()
    assert first.headers["Location"] == second.headers["Location"] == f"/cases/{case.id}/"
    assert (case.area_id, case.on_behalf_of, case.urgent, case.door) == (VILLAGE2, "来电", True, "console")
    assert "来电" in client.get(f"/cases/{case.id}/").content.decode()


def test_an_empty_report_comes_back_with_what_is_missing(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty")
    answer = client.post("/cases/new/", {**blank(client), "text": ""})
    assert answer.status_code == 422
    assert "The report is empty." in answer.content.decode()
    assert cases() == []


def test_a_household_of_ones_own_ledger_is_found_by_number(line: Line, sign_in: SignIn) -> None:
    client = sign_in("village_lead")
    page = client.get("/cases/new/households/", {"household_words": "合成户主near"})
    assert str(line.world.households["near"]) in page.content.decode()
    sent = {**blank(client), "text": "断电", "household": str(line.world.households["near"])}
    client.post("/cases/new/", sent)
    assert cases()[0].household == line.world.households["near"]
    called = client.get("/cases/new/households/", {"household_words": "000-0000"})
    assert str(line.world.households["near"]) in called.content.decode()
    none = client.get("/cases/new/households/", {"household_words": "zzz"}).content.decode()
    assert "No household found" in none


def seek(client: Any, **known: str) -> Any:
    return client.post("/cases/new/household/", {f"seek-{name}": value for name, value in known.items()})


def test_who_has_no_ledger_finds_one_household_by_two_things_and_a_reason(
    line: Line, sign_in: SignIn
) -> None:
    """G8: the county duty desk leafs through nobody; the search is kept, and the report is for the family."""
    client, near = sign_in("county_duty"), line.world.households["near"]
    page = client.get("/cases/new/").content.decode()
    assert "household-words" not in page
    assert "seek-reason" in page
    found = seek(client, name="合成户主near", phone="000-0000", reason="来电报修").content.decode()
    assert (str(near) in found, str(line.world.households["next"]) in found) == (True, False)
    [kept] = Event.objects.filter(name="households.searched")
    assert kept.actor == line.world.people["county_duty"]
    client.post("/cases/new/", {**blank(client), "text": "断电", "household": str(near)})
    assert cases()[0].household == near


@pytest.mark.parametrize(
    "known",
    [
        {"name": "合成户主near", "reason": "来电"},
        {"name": "合成户主near", "phone": "000-0000"},
        {"village": VILLAGE2, "reason": "来电"},
        {"village": VILLAGE2[:6], "phone": "000-0000", "reason": "来电"},
    ],
)
def test_one_thing_or_no_reason_finds_nobody(line: Line, sign_in: SignIn, known: dict[str, str]) -> None:
    answer = seek(sign_in("county_duty"), **known)
    assert answer.status_code == 422
    assert str(line.world.households["near"]) not in answer.content.decode()
    assert not Event.objects.filter(name="households.searched").exists()


def test_who_searched_too_often_reads_it_at_the_form(
    line: Line, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "SEARCHES", Shared("searches", Buckets(0, 1)))
    answer = seek(sign_in("county_duty"), name="合成户主near", phone="000-0000", reason="来电")
    assert answer.status_code == 422
    assert "合成户主near" in answer.content.decode()
    assert Notice.objects.get(kind="households.searches").person == line.world.people["leader"]


def test_who_may_not_search_is_not_offered_it(sign_in: SignIn) -> None:
    client = sign_in("village_lead")
    assert "seek-reason" not in client.get("/cases/new/").content.decode()
    assert seek(client, name="a", phone="1", reason="x").status_code == 403


def test_a_complaint_does_not_reach_the_office_it_is_about(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty")
    office = Unit.objects.get(code=f"village:{VILLAGE2}")
    sent = {**blank(client), "text": "村委会办事慢", "area": VILLAGE2, "about_unit": str(office.id)}
    client.post("/cases/new/", sent)
    [case] = cases()
    assert sign_in("village_lead2").get(f"/cases/{case.id}/").status_code == 404
    assert client.get(f"/cases/{case.id}/").status_code == 200


def test_reporting_needs_the_duty(sign_in: SignIn) -> None:
    assert sign_in("auditor").get("/cases/new/").status_code == 403

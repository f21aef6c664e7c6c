"""The hotline and the desk: a number to take along, a second call to the same case, all of it by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from mulian.modules.cases.domain.following_code import check, clean
from mulian.modules.cases.models import Case, FollowingCode
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import SignIn
from tests.world import VILLAGE

pytestmark = pytest.mark.django_db(databases="__all__")


def blank(client: Any, door: str = "call") -> dict[str, str]:
    form = client.get("/cases/new/", {"door": door}).context["form"]
    return {"id": str(form["id"].value()), "door": str(form["door"].value())}


def cases() -> list[Case]:
    return list(Case.unscoped.because("a test reads what happened").order_by("received_at", "id"))


@pytest.mark.parametrize("door", ["call", "walk_in", "letter"])
def test_whoever_calls_takes_a_number_along(line: Line, sign_in: SignIn, door: str) -> None:
    client = sign_in("county_duty")
    answer = client.post("/cases/new/", {**blank(client, door), "text": "水管裂了", "area": VILLAGE})
    [case] = cases()
    assert (case.door, answer.headers["Location"]) == (door, f"/cases/{case.id}/slip/")
    page = client.get(answer.headers["Location"])
    assert check(clean(page.context["code"]))
    assert "By " in client.get(f"/cases/{case.id}/").content.decode() or door == "walk_in"


def test_only_whoever_wrote_it_down_sees_the_number(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty")
    client.post("/cases/new/", {**blank(client), "text": "水管裂了", "area": VILLAGE})
    slip = f"/cases/{cases()[0].id}/slip/"
    assert client.get(slip).status_code == 200
    for other in ("village_lead", "county_duty2", "outsider"):
        assert sign_in(other).get(slip).status_code == 404


def test_ones_own_report_has_no_slip(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty")
    client.post("/cases/new/", {**blank(client, "console"), "text": "水管裂了"})
    assert not FollowingCode.objects.exists()
    assert client.get(f"/cases/{cases()[0].id}/slip/").status_code == 404


def test_a_second_call_goes_to_the_case_that_is_open(line: Line, sign_in: SignIn) -> None:
    first = line.report(household="near", text="水管裂了")
    client, near = sign_in("county_duty"), str(line.world.households["near"])
    offered = client.get("/cases/new/caller/", {"household": near}).content.decode()
    assert str(first.id) in offered
    sent = {**blank(client), "text": "还没有人来", "household": near, "add_to": str(first.id)}
    assert client.post("/cases/new/", sent).headers["Location"] == f"/cases/{first.id}/"
    [case] = cases()
    assert case.text == "水管裂了\n还没有人来"


def test_what_is_open_is_shown_only_within_ones_reach(line: Line, sign_in: SignIn) -> None:
    first = line.report(household="near", text="水管裂了")
    page = sign_in("outsider").get("/cases/new/caller/", {"household": str(line.world.households["near"])})
    assert str(first.id) not in page.content.decode()
    assert sign_in("county_duty").get("/cases/new/caller/", {"household": "x"}).status_code == 404


def test_a_door_nobody_offers_is_refused(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty")
    answer = client.post("/cases/new/", {**blank(client), "door": "public", "text": "x"})
    assert answer.status_code == 422
    assert cases() == []

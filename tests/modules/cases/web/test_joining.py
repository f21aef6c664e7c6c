"""The same thing reported twice, on the case page and for programs."""

from __future__ import annotations

import pytest
from django.test import Client

from mulian.modules.cases.models import Case
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import HTMX, SignIn
from tests.world import World

pytestmark = pytest.mark.django_db(databases="__all__")
LEAD = "village_deputy"


def row(case: Case) -> Case:
    return Case.unscoped.because("a test reads what happened").get(id=case.id)


def test_looked_at_joined_and_taken_apart(line: Line, sign_in: SignIn) -> None:
    one, other = line.report("liaison", household="near"), line.report("liaison2", text="桥断了，过不去")
    client = sign_in(LEAD)
    assert f"/cases/{one.id}/alike/" in client.get(f"/cases/{one.id}/").content.decode()
    offered = client.get(f"/cases/{one.id}/alike/", headers=HTMX).content.decode()
    assert other.number in offered
    assert "similar words" in offered
    sent = client.post(f"/cases/{one.id}/alike/", {"into": str(other.id)}, headers=HTMX)
    assert sent.headers["HX-Redirect"] == f"/cases/{other.id}/"
    assert row(one).same_as_id == other.id
    page = client.get(f"/cases/{one.id}/").content.decode()
    assert other.number in page
    assert "It goes on under" in page
    assert "1 more reported the same thing" in client.get(f"/cases/{other.id}/").content.decode()
    assert client.post(f"/cases/{one.id}/apart/", headers=HTMX).status_code == 200
    assert (row(one).same_as_id, row(other).joined) == (None, 0)


def test_nothing_alike_says_so(line: Line, sign_in: SignIn) -> None:
    one = line.report("liaison", household="near")
    page = sign_in(LEAD).get(f"/cases/{one.id}/alike/", headers=HTMX).content.decode()
    assert "No open case looks like this one." in page


@pytest.mark.parametrize("into", ["", "rubbish", "01890000-0000-7000-8000-000000000000"])
def test_an_unknown_other_does_not_exist(line: Line, sign_in: SignIn, into: str) -> None:
    one = line.report("liaison", household="near")
    assert sign_in(LEAD).post(f"/cases/{one.id}/alike/", {"into": into}).status_code == 404


def test_programs_join_and_part(line: Line, world: World) -> None:
    one, other = line.report("liaison", household="near"), line.report("liaison2", text="桥断了，过不去")
    headers = {"Authorization": f"Bearer {world.api_token(LEAD)}"}

    def post(verb: str, body: dict[str, str]) -> tuple[int, dict[str, object]]:
        url = f"/api/v1/cases/{one.id}/{verb}"
        answer = Client().post(url, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    assert post("merge", {"into": str(other.id)})[0] == 200
    assert row(one).same_as_id == other.id
    assert post("take", {})[1]["code"] == "cases.joined"
    assert post("unmerge", {})[1]["joined_to"] is None

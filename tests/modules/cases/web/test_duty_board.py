"""The duty board: the alarm, one press, the quarantine, silent phones."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest

from mulian.core.events.models import Event
from mulian.core.sync.models import Command, Heartbeat
from mulian.kernel.ids import uuid7
from mulian.modules.cases.models import Case
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import HTMX, SignIn
from tests.world import AT, World

pytestmark = pytest.mark.django_db(databases="__all__")


def command(world: World, state: str = "refused", code: str = "sync.bad_body") -> UUID:
    row = Command.objects.create(
        id=uuid7(AT),
        device=world.devices["liaison"],
        person=world.people["liaison"],
        kind="cases.report",
        raw=json.dumps({"text": 5}).encode(),
        received_at=AT,
        state=state,
        code=code,
    )
    return row.id


def test_an_urgent_case_rings_until_somebody_takes_it(line: Line, sign_in: SignIn) -> None:
    case = line.report(household="near", urgent=True)
    client = sign_in("county_duty")
    page = client.get("/duty/").content.decode()
    assert page.count("data-alarm ") == 1
    number = client.get("/duty/live/").json()
    assert number["alarms"] == 1
    after = client.post(f"/duty/{case.id}/take/", headers=HTMX)
    assert after.status_code == 200
    assert "data-alarm " not in after.content.decode()
    assert client.get("/duty/live/").json()["number"] != number["number"]
    row = Case.unscoped.because("a test reads what happened").get(id=case.id)
    assert (row.state, row.responsible_person_id) == ("taken", line.world.people["county_duty"])


def test_nothing_new_costs_no_body(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty")
    first = client.get("/duty/live/")
    again = client.get("/duty/live/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/duty/", "/duty/live/", "/duty/refused/"])
def test_the_board_is_for_those_on_duty(sign_in: SignIn, path: str) -> None:
    assert sign_in("county_duty").get(path).status_code == 200
    assert sign_in("leader").get(path).status_code == 200
    assert sign_in("village_lead").get(path).status_code == 403
    assert sign_in("auditor").get(path).status_code == 403


def test_what_is_not_processed_yet_is_on_the_board(line: Line, sign_in: SignIn) -> None:
    command(line.world, state="received", code="")
    page = sign_in("county_duty").get("/duty/").content.decode()
    assert "not processed yet" in page
    assert "合成liaison" in page


def test_a_refused_report_is_read_and_marked_once(line: Line, sign_in: SignIn) -> None:
    id, client = command(line.world), sign_in("county_duty")
    page = client.get("/duty/refused/").content.decode()
    assert "Something in the report is not right." in page
    assert "&quot;text&quot;: 5" in page
    for _ in range(2):
        client.post(f"/duty/refused/{id}/seen/")
    [event] = Event.objects.filter(subject_id=id)
    assert (event.name, event.actor) == ("sync.refusal_seen", line.world.people["county_duty"])
    row = Command.objects.get(id=id)
    assert (row.seen_by, row.seen_at) == (line.world.people["county_duty"], AT)
    assert "No refused report" in client.get("/duty/refused/").content.decode()
    assert "looked at" in client.get("/duty/refused/?seen=1").content.decode()


def test_a_leader_sees_that_it_was_refused_but_not_what_was_said(line: Line, sign_in: SignIn) -> None:
    command(line.world)
    page = sign_in("leader").get("/duty/refused/").content.decode()
    assert "Something in the report is not right." in page
    assert "&quot;text&quot;" not in page


def test_only_refused_ones_can_be_marked(line: Line, sign_in: SignIn) -> None:
    applied = command(line.world, state="applied", code="")
    client = sign_in("county_duty")
    assert client.post(f"/duty/refused/{applied}/seen/").status_code == 404
    assert client.post(f"/duty/refused/{uuid7(AT)}/seen/").status_code == 404


def test_bytes_that_are_no_json_are_shown_as_they_can_be_read(line: Line, sign_in: SignIn) -> None:
    id = command(line.world)
    Command.objects.filter(id=id).update(raw=b"\xff<script>alert(1)</script>")
    page = sign_in("county_duty").get("/duty/refused/").content.decode()
    assert "\ufffd&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_phone_that_is_silent_for_a_day_is_listed(line: Line, sign_in: SignIn) -> None:
    for name, hours, unsent in (("liaison", 30, 3), ("liaison2", 2, 0)):
        Heartbeat.objects.create(
            device=line.world.devices[name],
            person=line.world.people[name],
            at=AT - timedelta(hours=hours),
            unsent=unsent,
        )
    page = sign_in("county_duty").get("/duty/")
    assert [(each.person, each.unsent) for each in page.context["silent"]] == [("合成liaison", 3)]
    assert "3 not sent" in page.content.decode()

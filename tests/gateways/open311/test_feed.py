"""GET requests and what belongs to it: bounds, filters, formats, errors, and how far a request is."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest

from mulian.gateways.open311.domain.times import written
from mulian.gateways.open311.queries.feed import NOTES
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.models import Case
from tests.gateways.open311.conftest import Program, case_of, close, numbers, report
from tests.world import AT, World

pytestmark = pytest.mark.django_db
FIELDS = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible",
    "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode",
    "lat", "long", "media_url",
}  # fmt: skip


def test_a_request_has_every_field_of_the_standard(program: Program) -> None:
    number = program.report()

    (found,) = program.json(f"requests/{number}")

    assert set(found) == FIELDS
    assert found == {
        "service_request_id": number,
        "status": "open",
        "status_notes": found["status_notes"],
        "service_name": "桥梁",
        "service_code": "road.bridge",
        "description": found["description"],
        "agency_responsible": found["agency_responsible"],
        "service_notice": None,
        "requested_datetime": "2026-11-22T10:00:00+08:00",
        "updated_datetime": "2026-11-22T10:00:00+08:00",
        "expected_datetime": written(case_of(number).promises.get(kind="solve").due),
        "address": found["address"],
        "address_id": case_of(number).place,
        "zipcode": None,
        "lat": 33.912,
        "long": 100.154,
        "media_url": None,
    }
    office = case_of(number).responsible_unit
    assert office is not None
    assert found["agency_responsible"] == office.name("zh-hans")
    assert found["description"] == f"桥梁 · {found['address'].partition(',')[0]}"


def test_xml_and_json_say_the_same(program: Program) -> None:
    number = program.report()

    (listed,) = program.xml("requests")
    (alone,) = program.xml(f"requests/{number}")
    (plain,) = program.json("requests")

    assert listed.tag == alone.tag == "request"
    told = {child.tag: child.text for child in listed}
    assert told == {child.tag: child.text for child in alone}
    assert told == {name: None if value is None else str(value) for name, value in plain.items()}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json; charset=utf-8"),
        ("", "application/json; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        ("text/xml", "text/xml; charset=utf-8"),
        ("application/xml;q=0.9, application/json;q=0.1", "text/xml; charset=utf-8"),
        ("application/json;q=0, text/xml", "text/xml; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/xml; charset=utf-8"),
    ],
)
def test_without_an_ending_accept_decides_and_json_is_usual(program: Program, accept: str, kind: str) -> None:
    for path in ("services", "requests", "discovery", "services/road.bridge", "servicerequestupdates", ""):
        answer = program.get(path, accept)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind), path


def test_the_ending_wins_over_accept(program: Program) -> None:
    assert program.get("services.xml", "application/json").headers["Content-Type"].startswith("text/xml")
    assert program.get("services.json", "text/xml").headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("services.yaml", "*/*", 406),
        ("services", "application/yaml", 406),
        ("requests/GD000.xml", "*/*", 404),
        ("requests/GD000.json", "*/*", 404),
        ("services/no.such.xml", "*/*", 404),
        ("services/voice.complaint", "*/*", 404),
        ("tokens/none.xml", "*/*", 404),
        ("nothing/at/all.xml", "*/*", 404),
        ("media/00", "*/*", 404),
        ("requests.xml?api_key=wrong", "*/*", 403),
        ("requests.json?start_date=2026-11-01T00:00:00", "*/*", 400),
        ("requests.xml?end_date=soon", "*/*", 400),
        ("requests.xml?status=opened", "*/*", 400),
        ("requests.xml?page=0", "*/*", 400),
        ("requests.xml?page_size=-1", "*/*", 400),
        ("requests.xml?updated_after=x", "*/*", 400),
        ("servicerequestupdates.xml?start_date=x", "*/*", 400),
    ],
)
def test_errors_have_the_standards_form_and_status(
    program: Program, path: str, accept: str, status: int
) -> None:
    answer = program.get(path, accept)

    assert answer.status_code == status
    if answer.headers["Content-Type"].startswith("text/xml"):
        root = ElementTree.fromstring(answer.content)
        found = [{child.tag: child.text or "" for child in error} for error in root]
        assert (root.tag, {error.tag for error in root}) == ("errors", {"error"})
    else:
        found = json.loads(answer.content)
    assert [(int(each["code"]), bool(each["description"])) for each in found] == [(status, True)]


def test_other_methods_are_refused_in_the_same_form(program: Program) -> None:
    answer = program.client.delete("/open311/v2/requests.xml")

    assert answer.status_code == 405
    assert b"<errors><error><code>405</code><description>" in answer.content


def test_several_wrong_things_are_told_together(program: Program) -> None:
    answer = program.get("requests.json?status=x&page=x&start_date=x")

    assert [each["code"] for each in json.loads(answer.content)] == [400, 400, 400]


def test_ninety_days_are_the_usual_and_the_longest_span(program: Program, world: World) -> None:
    ages = {days: _old(report(world), AT - timedelta(days=days)) for days in (1, 29, 89)}
    old = {days: _old(report(world), AT - timedelta(days=days)) for days in (91, 120, 200)}

    def asked(**given: str) -> set[str]:
        return set(numbers(program.json("requests", **given)))

    assert asked() == {*ages.values()}
    assert asked(start_date="2026-01-01T00:00:00Z") == {*ages.values()}
    assert asked(start_date="2026-01-01T00:00:00Z", end_date=written(AT) or "") == {*ages.values()}
    assert asked(start_date="2026-11-20") == {ages[1]}
    assert asked(start_date="2026-11-20T00:00:00+08:00") == {ages[1]}
    assert asked(start_date="2026-11-20T00:00:00 08:00") == {ages[1]}
    assert asked(end_date="2026-11-20") == {ages[29], ages[89], old[91]}
    assert asked(end_date="2026-08-24T00:00:00Z", start_date="2026-01-01") == {old[91], old[120]}
    assert asked(start_date="", end_date="", status="", service_code="", page="") == {*ages.values()}


def _old(case: Case, when: datetime) -> str:
    """No duty of the cast reaches back that far; the row alone is made older."""
    Case.unscoped.because("a test makes it older").filter(id=case.id).update(received_at=when)
    return case.number


def test_numbers_override_everything_else(program: Program, world: World) -> None:
    old = report(world)
    _old(old, AT - timedelta(days=200))
    new = report(world)

    wanted = f"{old.number}, {new.number} ,GD0000"

    assert numbers(program.json("requests", service_request_id=wanted, status="x", service_code="y")) == [
        new.number,
        old.number,
    ]


def test_kinds_may_be_several(program: Program, world: World) -> None:
    road, water, wire = (report(world, topic=topic) for topic in ("road.ice", "water.well", "power.wire"))

    found = program.get(
        "requests.json?service_code=road.ice,water.well&service_code=power.wire&service_code="
    )
    assert {*numbers(json.loads(found.content))} == {road.number, water.number, wire.number}
    assert numbers(program.json("requests", service_code="water.well")) == [water.number]
    assert program.json("requests", service_code="no.such") == []


def test_newest_first_in_pages_and_never_more_than_a_thousand(program: Program, world: World) -> None:
    made = [report(world, AT - timedelta(hours=hour)).number for hour in range(5)]

    assert numbers(program.json("requests")) == made
    pages = [numbers(program.json("requests", page=str(page), page_size="2")) for page in (1, 2, 3, 4)]
    assert pages == [made[:2], made[2:4], made[4:], []]
    assert numbers(program.json("requests", page_size="999999999")) == made


def test_it_stays_open_until_it_is_closed_and_says_how_far_it_is(program: Program, world: World) -> None:
    still, over = report(world), report(world)
    close(world, over, AT)

    with clock.use(clock.FixedClock(AT + timedelta(days=8))):
        assert numbers(program.json("requests", status="open")) == [still.number]
        assert numbers(program.json("requests", status="closed")) == [over.number]
        assert len(program.json("requests", status="open,closed")) == 2
        found = {each["service_request_id"]: each for each in program.json("requests")}

    assert found[over.number]["status"] == "closed"
    assert found[over.number]["updated_datetime"] == "2026-11-30T10:00:00+08:00"
    assert found[still.number]["status"] == "open"
    assert found[still.number]["status_notes"] != found[over.number]["status_notes"]


@pytest.mark.parametrize(
    "path", [(), ("take",), ("take", "start"), ("take", "solve"), ("take", "solve", "answer")]
)
def test_every_state_on_the_way_has_its_note(program: Program, world: World, path: tuple[str, ...]) -> None:
    case = report(world)
    for step in path:
        said = {"text": "好了"} if step in ("solve", "answer") else {}
        getattr(steps, step)(case=case.id, actor=SYSTEM, at=AT, **said)

    (found,) = program.json(f"requests/{case.number}", locale="en")

    assert found["status"] == "open"
    assert found["status_notes"] == NOTES[case_of(case.number).state]


def test_every_state_has_a_note() -> None:
    assert set(NOTES) == {state.value for state in State}


def test_what_changed_since_is_found_by_its_last_step(program: Program, world: World) -> None:
    quiet = report(world, AT - timedelta(days=3))
    moved = report(world, AT - timedelta(days=3))
    with clock.use(clock.FixedClock(AT - timedelta(hours=1))):
        steps.take(case=moved.id, actor=SYSTEM, at=AT - timedelta(hours=1))

    since = written(AT - timedelta(hours=2)) or ""
    before = written(AT - timedelta(days=1)) or ""
    assert numbers(program.json("requests", updated_after=since)) == [moved.number]
    assert {*numbers(program.json("requests", updated_before=before))} == {quiet.number, moved.number}


def test_a_spot_and_a_place_chosen_for_it_are_kept_apart(world: World, program: Program) -> None:
    """A point somebody set for the thing is shown near by."""
    case = report(world, topic="town.light", place=Spot(lat=33.9461234, lon=99.8561234))

    (found,) = program.json(f"requests/{case.number}")
    assert (found["lat"], found["long"]) == (33.946, 99.856)

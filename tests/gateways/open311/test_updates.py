"""Updates of requests: told once in order, taken from programs that made the request, and never moving a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.gateways.open311.domain.times import written
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import steps
from tests.gateways.open311.conftest import SECRET, Program, case_of, report
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db


def test_updates_tell_each_step_once_in_order(program: Program, world: World) -> None:
    case, hidden = report(world), report(world, topic="social.pension")
    for minutes, act in ((1, steps.take), (2, steps.start)):
        when = AT + timedelta(minutes=minutes)
        with clock.use(clock.FixedClock(when)):
            act(case=case.id, actor=SYSTEM, at=when)
            act(case=hidden.id, actor=SYSTEM, at=when)

    with clock.use(clock.FixedClock(AT + timedelta(hours=1))):
        found = program.json("servicerequestupdates")
        root = program.xml("servicerequestupdates")
        later = program.json("servicerequestupdates", start_date=written(AT + timedelta(minutes=2)) or "")
        none = program.json("servicerequestupdates", service_request_id=hidden.number)

    assert [(each["service_request_id"], each["status"], each["updated_datetime"]) for each in found] == [
        (case.number, "OPEN", "2026-11-22T10:01:00+08:00"),
        (case.number, "OPEN", "2026-11-22T10:02:00+08:00"),
    ]
    assert len({each["update_id"] for each in found}) == 2
    assert (root.tag, [child.tag for child in root]) == ("service_request_updates", ["request_update"] * 2)
    assert later == found[1:]
    assert none == []


def test_a_program_hears_of_its_own_requests_also_where_the_public_does_not(program: Program) -> None:
    number = program.report(service_code="house.damage", address_string=VILLAGE)
    steps.take(case=case_of(number).id, actor=SYSTEM, at=AT)

    assert program.get(f"requests/{number}.json").status_code == 404
    assert program.json("servicerequestupdates") == []

    (own,) = program.json(f"requests/{number}", api_key=SECRET)
    assert (own["status"], own["lat"], own["long"], own["address"], own["address_id"]) == (
        "open",
        None,
        None,
        None,
        None,
    )
    assert own["description"] == "房屋受损"
    assert len(program.json("servicerequestupdates", api_key=SECRET)) == 1


def test_updates_from_outside_join_the_case_once_and_never_move_it(program: Program) -> None:
    number = program.report()
    said = {
        "service_request_id": number,
        "update_id": "77",
        "status": "CLOSED",
        "description": "今天又塌了一块",
    }

    first = program.post("servicerequestupdates.xml", **said)
    again = program.post("servicerequestupdates.xml", **said)

    case = case_of(number)
    assert first.status_code == 200
    assert first.content == again.content
    assert b"<service_request_updates><request_update><update_id>" in first.content
    assert case.state == "reported"
    assert case.text.count("今天又塌了一块") == 1
    assert len(case.text.splitlines()) == 3


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"service_request_id": ""}, 400),
        ({"service_request_id": "GD0"}, 404),
        ({"description": "", "status": ""}, 400),
        ({"description": "x" * 4001}, 400),
        ({"status": "<b>"}, 400),
        ({"api_key": "wrong"}, 403),
    ],
)
def test_wrong_updates_are_refused(program: Program, changed: dict[str, str], status: int) -> None:
    said = {"service_request_id": program.report(), "description": "又塌了", "status": "OPEN", **changed}

    assert program.post("servicerequestupdates.json", **said).status_code == status


def test_another_programs_request_can_not_be_added_to(program: Program, world: World) -> None:
    case = report(world)

    answer = program.post("servicerequestupdates.json", service_request_id=case.number, description="x")

    assert answer.status_code == 404

"""A case is handed to another system once, by whom it is theirs to hand, with nothing of a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from mulian.core.events.models import Event
from mulian.core.events.queries import timeline
from mulian.gateways.open311.actions.forwarding import forward
from mulian.gateways.open311.actions.keys import issue
from mulian.gateways.open311.actions.sending import POLL, run_due
from mulian.gateways.open311.domain.elsewhere import System
from mulian.gateways.open311.models import Forward
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import reporting
from mulian.modules.cases.models import Case
from tests import world as cast
from tests.gateways.open311.conftest import SECRET
from tests.gateways.open311.elsewhere.handed import TOOK, WORDS, history, row, send
from tests.gateways.open311.other import Other
from tests.world import AT, VILLAGE, World


@pytest.mark.django_db
def test_what_leaves_is_what_a_person_wrote_and_a_public_place(
    world: World, case: Case, other: Other
) -> None:
    send(world, case)
    other.says(TOOK)

    assert run_due(AT) == 1

    ((method, path, form, headers),) = other.got
    assert (method, path) == ("POST", "/v2/requests.json")
    assert headers["Idempotency-Key"] == str(row().id)
    address = form.pop("address_string")
    assert address != [""]
    assert form == {
        "api_key": ["k-1"],
        "jurisdiction_id": ["qh.example"],
        "service_code": ["R-9"],
        "description": [WORDS],
        "lat": ["33.912"],
        "long": ["100.154"],
    }
    assert "合成" not in str(other.got)
    assert (row().state, row().number, row().due_at) == ("there", "Z-1", AT + POLL)


@pytest.mark.django_db
def test_twice_to_the_same_system_is_once(world: World, case: Case, other: Other) -> None:
    assert send(world, case).id == send(world, case, text="别的话").id
    assert len(history(case)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"system": "none"}, "open311.no_system"),
        ({"text": " "}, "open311.words_needed"),
        ({"text": "x" * 4001}, "open311.words_needed"),
    ],
)
def test_what_can_not_be_sent_is_said_at_once(
    world: World, case: Case, other: Other, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(Problem, match=code):
        send(world, case, **changed)
    assert Forward.objects.count() == 0


@pytest.mark.django_db
def test_only_the_centre_hands_cases_elsewhere_and_only_ones_it_sees(
    world: World, case: Case, other: Other
) -> None:
    for who, code in (("village_lead", "forbidden"), ("liaison", "forbidden"), ("auditor", "forbidden")):
        with pytest.raises(Problem, match=code):
            forward(case=case.id, system="state", text=WORDS, actor=world.actor(who), at=AT)
    with pytest.raises(Problem, match="not_found"):
        forward(case=uuid7(AT), system="state", text=WORDS, actor=world.actor("county_duty"), at=AT)


@pytest.mark.django_db
def test_a_topic_it_does_not_take_is_refused_before_anything_leaves(world: World, other: Other) -> None:
    case = reporting.report(
        id=uuid7(AT), actor=world.actor("county_duty"), at=AT, text="停水", topic="water.supply", area=VILLAGE
    )
    with pytest.raises(Problem, match=r"open311\.not_there"):
        send(world, case)


def test_the_nearest_topic_decides_which_service_it_is_there() -> None:
    there = System(code="s", name="s", url="https://example.org", services={"road": "R", "road.bridge": "B"})

    assert [there.service_for(topic) for topic in ("road.bridge", "road.ice", "road", "water")] == [
        "B",
        "R",
        "R",
        "",
    ]


@pytest.mark.django_db
def test_inside_addresses_are_not_called_unless_listed(
    world: World, case: Case, other: Other, settings: Any
) -> None:
    settings.MULIAN_OPEN311_SYSTEMS["state"]["inside"] = []
    send(world, case)

    run_due(AT)

    assert other.got == []
    assert "inside a network" in row().error


@pytest.mark.django_db(transaction=True)
def test_our_own_server_is_another_system_like_any(live_server: Any, settings: Any) -> None:
    """Both halves together over a socket: sent twice after a lost reply it is one case there."""
    with clock.use(clock.FixedClock(AT)):
        with transaction.atomic():
            world = cast.build()
            issue(owner="邻县", actor=SYSTEM, at=AT, secret=SECRET)
            case = reporting.report(
                id=uuid7(AT),
                actor=world.actor("county_duty"),
                at=AT,
                text="桥塌了",
                topic="road.bridge",
                area=VILLAGE,
            )
        settings.MULIAN_OPEN311_SYSTEMS = {
            code: {
                "name": code, "url": f"{live_server.url}/open311/v2", "api_key": SECRET, "format": code,
                "services": {"": "road.bridge"}, "inside": ["127.0.0.0/8", "::1/128"],
            }
            for code in ("json", "xml")
        }  # fmt: skip
        for code in ("json", "xml"):
            forward(
                case=case.id, system=code, text=f"{WORDS} {code}", actor=world.actor("county_duty"), at=AT
            )
        run_due(AT)
        numbers = list(Forward.objects.values_list("number", flat=True))
        Forward.objects.update(state="sending", number="", due_at=AT)
        run_due(AT)

        assert sorted(Forward.objects.values_list("number", flat=True)) == sorted(numbers)
        assert Case.unscoped.because("a test counts").filter(door="open311").count() == 2
        run_due(AT + POLL)
        assert {*Forward.objects.values_list("state", "tries")} == {("there", 0)}
        assert Event.objects.filter(name="cases.handed_elsewhere", subject_id=case.id).count() == 6
        assert len(timeline("case", case.id)) > 6

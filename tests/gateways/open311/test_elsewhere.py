"""Towards another system: a case is sent once, asked about, and whatever comes back loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from mulian.core.events.models import Event
from mulian.core.events.queries import timeline
from mulian.core.notify.models import Notice
from mulian.gateways.open311.actions.forwarding import forward
from mulian.gateways.open311.actions.keys import issue
from mulian.gateways.open311.actions.sending import BACKOFF, POLL, TRIES, run_due, try_again
from mulian.gateways.open311.domain.elsewhere import System, Unreadable, first_record, updates_of
from mulian.gateways.open311.models import Forward
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import reporting
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.timeline import entries
from tests import world as cast
from tests.gateways.open311.conftest import SECRET
from tests.gateways.open311.other import Other, other_system
from tests.world import AT, VILLAGE, World

WORDS = "请贵单位处理：国道桥面塌陷"
TOOK = (200, b'[{"service_request_id": "Z-1", "service_notice": null}]')


@pytest.fixture
def other(settings: Any) -> Iterator[Other]:
    with other_system() as found:
        settings.MULIAN_OPEN311_SYSTEMS = {
            "state": {
                "name": "州平台",
                "url": found.url,
                "api_key": "k-1",
                "jurisdiction_id": "qh.example",
                "services": {"road": "R-9"},
                "inside": ["127.0.0.0/8"],
            }
        }
        yield found


@pytest.fixture
def case(world: World) -> Case:
    return reporting.report(
        id=uuid7(AT),
        actor=world.actor("county_duty"),
        at=AT,
        text="家门口的桥塌了，请找合成户主",
        topic="road.bridge",
        place=Spot(lat=33.9123456, lon=100.1543219),
        on_behalf_of="合成来电 000-1",
    )


def send(world: World, case: Case, **said: Any) -> Forward:
    said = {"system": "state", "text": WORDS, **said}
    return forward(case=case.id, actor=world.actor("county_duty"), at=AT, **said)


def row() -> Forward:
    return Forward.objects.get()


def history(case: Case) -> list[tuple[str, str]]:
    return [(e.title, e.text) for e in entries(case.id, "en") if "elsewhere" in e.event]


def at(**span: float) -> datetime:
    return AT + timedelta(**span)


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
def test_it_is_asked_about_until_it_is_over_and_the_case_tells(
    world: World, case: Case, other: Other
) -> None:
    send(world, case)
    said = [
        {"service_request_id": "Z-1", "status": "open"},
        {"service_request_id": "Z-1", "status": "open", "status_notes": "已派人"},
        {"service_request_id": "Z-1", "status": "open", "status_notes": "已派人"},
        {"service_request_id": "Z-1", "status": "closed", "status_notes": "已修好"},
    ]
    other.says(TOOK, *[(200, json.dumps([each]).encode()) for each in said])

    for turn in range(7):
        run_due(at(minutes=15 * turn))

    assert [path for _, path, _, _ in other.got] == ["/v2/requests.json"] + [
        "/v2/requests/Z-1.json?jurisdiction_id=qh.example"
    ] * 4
    assert [text for _, text in history(case)] == ["", "", "已派人", "已修好"]
    assert (row().state, row().due_at) == ("over", None)
    case.refresh_from_db(from_queryset=Case.unscoped.because("a test looks"))
    assert case.state == "reported"
    assert Notice.objects.filter(kind="cases.elsewhere", subject_id=case.id).count() == 2


@pytest.mark.django_db
def test_a_token_is_followed_to_its_number(world: World, case: Case, other: Other) -> None:
    send(world, case)
    other.says(
        (200, b'[{"token": "t/1"}]'),
        (200, b'[{"service_request_id": null, "token": "t/1"}]'),
        (200, b'[{"service_request_id": 77, "token": "t/1"}]'),
    )

    for turn in range(3):
        run_due(at(minutes=15 * turn))

    assert other.got[1][1] == "/v2/tokens/t%2F1.json?jurisdiction_id=qh.example"
    assert (row().state, row().number, row().token) == ("there", "77", "")
    assert len(history(case)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reply",
    [
        (500, b"<html>sorry</html>"),
        (502, b""),
        (503, b"[]"),
        (429, b"slow down"),
        (301, b""),
        (200, b"<html><body>It works!</body></html>"),
        (200, b""),
        (200, b"[]"),
        (200, b"[{}]"),
        (200, b"null"),
        (200, b"\xff\xfe"),
        (200, b"[" * 5000),
        (200, b"x" * 100_000),
    ],
)
def test_nothing_is_lost_by_a_bad_answer_and_it_is_tried_again(
    world: World, case: Case, other: Other, reply: tuple[int, bytes]
) -> None:
    send(world, case)
    other.says(reply, TOOK)

    assert run_due(AT) == 1
    assert (row().state, row().tries, row().due_at) == ("sending", 1, AT + BACKOFF[0])
    assert row().error != ""
    assert run_due(AT + BACKOFF[0] - timedelta(seconds=1)) == 0
    assert run_due(AT + BACKOFF[0]) == 1
    assert (row().state, row().number, row().error) == ("there", "Z-1", "")
    assert {headers["Idempotency-Key"] for *_, headers in other.got} == {str(row().id)}


@pytest.mark.django_db
def test_a_refusal_is_told_to_whoever_works_on_it_and_a_person_may_send_it_again(
    world: World, case: Case, other: Other
) -> None:
    send(world, case)
    other.says((403, b'[{"code": 403, "description": "bad key"}]'), TOOK)

    run_due(AT)

    assert (row().state, row().due_at) == ("refused", None)
    assert history(case)[-1][1] == "HTTP 403"
    try_again(forward=row().id, at=at(hours=1))
    run_due(at(hours=1))
    assert row().state == "there"


@pytest.mark.django_db
def test_after_weeks_without_an_answer_a_person_must_look(world: World, case: Case, other: Other) -> None:
    send(world, case)
    other.says((500, b""))
    when = AT
    for _ in range(TRIES):
        run_due(when)
        when = row().due_at or when

    assert (row().state, len(other.got)) == ("refused", TRIES)
    assert when - AT > timedelta(days=14)


@pytest.mark.django_db
def test_inside_addresses_are_not_called_unless_listed(
    world: World, case: Case, other: Other, settings: Any
) -> None:
    settings.MULIAN_OPEN311_SYSTEMS["state"]["inside"] = []
    send(world, case)

    run_due(AT)

    assert other.got == []
    assert "inside a network" in row().error


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


def test_the_nearest_topic_decides_which_service_it_is_there() -> None:
    there = System(code="s", name="s", url="https://example.org", services={"road": "R", "road.bridge": "B"})

    assert [there.service_for(topic) for topic in ("road.bridge", "road.ice", "road", "water")] == [
        "B",
        "R",
        "R",
        "",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE a [<!ENTITY a "ha">]><service_requests><request><x>&a;</x></request></service_requests>',
        b'<!DOCTYPE service_requests SYSTEM "file:///etc/passwd"><service_requests/>',
        b"<service_requests>" + b"<a>" * 50 + b"</a>" * 50 + b"</service_requests>",
        b"<service_requests/>",
        b"<html><body><p>x</p></body></html>",
        b"<service_requests><request>",
        b"not xml",
        b"",
        b"<service_requests><request><x>" + b"y" * 70_000 + b"</x></request></service_requests>",
    ],
)
def test_bombs_and_other_things_are_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        first_record(body, "xml")


def test_the_first_request_is_read_in_both_formats() -> None:
    first = b"<request><service_request_id> 7 </service_request_id><status_notes>a &amp; b</status_notes></request>"
    second = b"<request><service_request_id>8</service_request_id></request>"
    xml = (
        b'<?xml version="1.0" encoding="UTF-8"?><service_requests>' + first + second + b"</service_requests>"
    )
    plain = b'{"service_request_id": 7, "status_notes": "a & b", "x": null, "y": []}'
    wrapped = b'{"service_requests": {"request": [' + plain + b"]}}"

    assert first_record(xml, "xml") == {"service_request_id": "7", "status_notes": "a & b"}
    assert first_record(wrapped, "json") == {"service_request_id": "7", "status_notes": "a & b"}


@given(st.binary(max_size=200), st.sampled_from(["json", "xml"]))
def test_any_bytes_are_a_record_or_unreadable(body: bytes, format: str) -> None:
    try:
        found = first_record(body, format)
    except Unreadable:
        return
    assert all(isinstance(value, str) for value in found.values())


@pytest.mark.django_db
def test_each_step_of_theirs_is_told_once_where_they_tell_steps(
    world: World, case: Case, other: Other, settings: Any
) -> None:
    settings.MULIAN_OPEN311_SYSTEMS["state"]["updates"] = True
    send(world, case)
    record = json.dumps([{"service_request_id": "Z-1", "status": "open"}]).encode()
    steps = [
        {"update_id": 2, "service_request_id": "Z-1", "status": "OPEN", "description": "在修",
         "updated_datetime": "2026-11-22T12:00:00+08:00"},
        {"update_id": 1, "service_request_id": "Z-1", "status": "OPEN", "description": "已派人",
         "updated_datetime": "2026-11-22T11:00:00+08:00"},
        {"update_id": 3, "service_request_id": "Z-77", "status": "OPEN", "description": "别家的事"},
    ]  # fmt: skip
    told = json.dumps(steps).encode()
    other.says(TOOK, (200, record), (200, told), (200, record), (200, told))
    run_due(AT)
    run_due(AT + POLL)
    run_due(AT + 2 * POLL)
    assert [text for _, text in history(case) if text] == ["已派人", "在修"]
    assert row().told == ["1", "2"]
    paths = [path for _, path, _, _ in other.got]
    assert paths[2].startswith("/v2/servicerequestupdates.json?start_date=2026-11-22T10%3A00%3A00%2B08%3A00")


@pytest.mark.django_db
def test_updates_that_cannot_be_read_are_asked_for_again(
    world: World, case: Case, other: Other, settings: Any
) -> None:
    settings.MULIAN_OPEN311_SYSTEMS["state"]["updates"] = True
    send(world, case)
    other.says(TOOK, (200, b'[{"service_request_id": "Z-1", "status": "open"}]'), (404, b"no such page"))
    run_due(AT)
    run_due(AT + POLL)
    assert (row().state, row().error) == ("there", "HTTP 404 for updates")
    assert row().due_at == AT + POLL + BACKOFF[0]


def test_updates_are_read_in_both_formats() -> None:
    xml = (
        b"<service_request_updates><request_update><update_id>1</update_id><service_request_id>Z-1"
        b"</service_request_id><description>a &amp; b</description></request_update><request_update>"
        b"<update_id>2</update_id><service_request_id>Z-2</service_request_id></request_update>"
        b"</service_request_updates>"
    )
    mine = [{"update_id": "1", "service_request_id": "Z-1", "description": "a & b"}]
    assert updates_of(xml, "xml", "Z-1") == mine
    assert updates_of(json.dumps(mine).encode(), "json", "Z-1") == mine
    assert updates_of(b"<service_request_updates/>", "xml", "Z-1") == []
    assert updates_of(b"[]", "json", "Z-1") == []

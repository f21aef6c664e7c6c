"""What another system offers comes from its own discovery, and which topic goes where is a person's word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.gateways.open311.actions.asking_services import DAY, HOUR, ask_again, ask_services
from mulian.gateways.open311.actions.forwarding import forward, parcel
from mulian.gateways.open311.actions.mapping import map_topic, unmap_topic
from mulian.gateways.open311.domain.elsewhere import Unreadable, services_of
from mulian.gateways.open311.models import Asked, Forward, Mapped, Theirs
from mulian.gateways.open311.queries.systems import systems
from mulian.gateways.open311.queries.theirs import lines
from mulian.kernel.problems import Problem
from mulian.modules.cases.models import Case
from tests.gateways.open311.elsewhere.handed import WORDS
from tests.gateways.open311.other import Other
from tests.world import AT, World

ROADS = {
    "service_code": "R-9",
    "service_name": "国省道",
    "group": "交通",
    "type": "realtime",
    "metadata": False,
}
BRIDGES = {"service_code": "B-1", "service_name": "桥梁", "group": "交通"}


def listed(*rows: Mapping[str, object]) -> tuple[int, bytes]:
    return 200, json.dumps(rows).encode()


def offered() -> list[tuple[str, str, str, bool]]:
    return list(Theirs.objects.order_by("code").values_list("code", "name", "group", "gone"))


@pytest.mark.django_db
def test_they_are_asked_once_a_day_and_what_left_their_list_is_kept_as_gone(
    world: World, other: Other
) -> None:
    other.says(listed(ROADS, BRIDGES), listed(ROADS | {"service_name": "公路"}))
    assert [ask_services(AT), ask_services(AT + DAY - timedelta(seconds=1))] == [1, 0]
    assert offered() == [("B-1", "桥梁", "交通", False), ("R-9", "国省道", "交通", False)]
    assert ask_services(AT + DAY) == 1
    assert offered() == [("B-1", "桥梁", "交通", True), ("R-9", "公路", "交通", False)]
    assert [path for _, path, _, _ in other.got] == ["/v2/services.json?jurisdiction_id=qh.example"] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("reply", [(500, b""), (200, b"[]"), (200, b"<html>"), (404, b"{}"), (200, b"[{}]")])
def test_a_list_that_cannot_be_read_changes_nothing_and_is_asked_for_again(
    world: World, other: Other, reply: tuple[int, bytes]
) -> None:
    other.says(listed(ROADS), reply, listed(ROADS, BRIDGES))
    ask_services(AT)
    ask_services(AT + DAY)
    row = Asked.objects.get()
    assert (row.heard_at, bool(row.error), row.due_at) == (AT, True, AT + DAY + HOUR)
    assert [code for code, *_ in offered()] == ["R-9"]
    ask_again(system="state", actor=world.actor("county_duty"), at=AT + DAY + timedelta(minutes=1))
    assert ask_services(AT + DAY + timedelta(minutes=2)) == 1
    assert (Asked.objects.get().error, [code for code, *_ in offered()]) == ("", ["B-1", "R-9"])


@pytest.mark.django_db
def test_a_persons_word_holds_above_the_settings_until_it_is_taken_back(
    world: World, case: Case, other: Other
) -> None:
    actor = world.actor("county_duty")
    other.says(listed(ROADS, BRIDGES))
    ask_services(AT)

    def goes() -> str:
        return parcel(case=case.id, system="state", text=WORDS, actor=actor, at=AT).service

    assert goes() == "R-9"
    map_topic(system="state", topic="road.bridge", service="B-1", actor=actor, at=AT)
    assert goes() == "B-1"
    assert [(line.topic, line.service, line.name, line.by) for line in lines(systems()["state"])] == [
        ("road", "R-9", "国省道", ""),
        ("road.bridge", "B-1", "桥梁", Person.objects.get(id=actor.person).name),
    ]
    map_topic(system="state", topic="road.bridge", service="", actor=actor, at=AT)
    with pytest.raises(Problem, match=r"open311\.not_there"):
        forward(case=case.id, system="state", text=WORDS, actor=actor, at=AT)
    unmap_topic(system="state", topic="road.bridge", actor=actor, at=AT)
    assert goes() == "R-9"
    told = Event.objects.filter(name="open311.topic_mapped").order_by("id").values_list("data", flat=True)
    assert [each["service"] for each in told] == ["B-1", "", None]
    assert Forward.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "said", "code"),
    [
        ("county_duty", {"system": "none"}, "open311.no_system"),
        ("county_duty", {"topic": "made.up"}, "open311.no_topic"),
        ("county_duty", {"service": "B-1"}, "open311.no_service_there"),
        ("village_lead", {}, "forbidden"),
        ("administrator", {}, "forbidden"),
    ],
)
def test_what_cannot_be_mapped_is_said(
    world: World, other: Other, who: str, said: dict[str, str], code: str
) -> None:
    Theirs.objects.create(system="state", code="B-1", gone=True)
    given = {"system": "state", "topic": "road", "service": "", **said}
    with pytest.raises(Problem, match=code.replace(".", r"\.")):
        map_topic(**given, actor=world.actor(who), at=AT)
    assert Mapped.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["bo", "zh-hans"])
def test_the_centre_maps_at_its_page_and_rubbish_is_refused(
    world: World, other: Other, language: str
) -> None:
    other.says(listed(ROADS, BRIDGES))
    ask_services(AT)
    client = Client(headers={"Accept": "text/html", "Accept-Language": language})
    client.force_login(Person.objects.get(username="county_duty"))
    url = "/elsewhere/services/state/"
    assert url in client.get("/elsewhere/").content.decode()
    refused = client.post(url, {"topic": "留下", "service": "x"})
    assert (refused.status_code, bool(refused.context["form"].errors)) == (422, True)
    assert client.post(url, {"topic": "road.bridge", "service": "B-1"}).headers["Location"] == url
    page = client.get(url).content.decode()
    assert "桥梁" in page
    assert client.post(f"{url}unmap/", {"topic": "road.bridge"}).status_code == 302
    assert (client.post(f"{url}again/").status_code, Mapped.objects.count()) == (302, 0)
    assert client.get("/elsewhere/services/none/").status_code == 404


def test_services_are_read_in_both_formats() -> None:
    xml = (
        "<services><service><service_code>R-9</service_code><service_name>国省道</service_name><group>交通</group>"
        "</service><service><service_name>无代码</service_name></service></services>"
    ).encode()
    mine = {"service_code": "R-9", "service_name": "国省道", "group": "交通"}
    assert services_of(xml, "xml") == [mine]
    assert services_of(json.dumps([mine]).encode(), "json") == [mine]
    with pytest.raises(Unreadable):
        services_of(b"<service_requests/>", "xml")

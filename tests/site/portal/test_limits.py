"""Limits of the public page: what is over them is kept for an officer; nothing is lost silently."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mulian.core.access import visitors
from mulian.core.access.models import Person
from mulian.core.database.vendor import is_postgresql
from mulian.core.notify.models import Notice
from mulian.kernel import clock
from mulian.kernel.bucket import Buckets
from mulian.modules.cases.actions import holding_back
from mulian.modules.cases.actions.forgetting_held import sweep_held
from mulian.modules.cases.models import HeldReport
from tests.site.portal.conftest import BRIDGE, Visitor, cases
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")


def officer(world: World, username: str = "county_duty") -> Client:
    client = Client(headers={"Accept": "text/html"})
    client.force_login(Person.objects.get(username=username))
    return client


def held() -> list[HeldReport]:
    return list(HeldReport.objects.order_by("received_at", "id"))


@pytest.mark.parametrize(
    ("said", "wait", "because"), [({"website": "http://x"}, 20, "trap"), ({}, 1, "haste")]
)
def test_what_no_person_does_is_held_back_with_its_reason(
    visitor: Visitor, said: dict[str, Any], wait: float, because: str
) -> None:
    visitor.send(text=BRIDGE, area=VILLAGE, wait=wait, **said)
    assert [(row.because, row.text, row.area) for row in held()] == [(because, BRIDGE, VILLAGE)]
    assert cases() == []
    page = visitor.get("/public/sent/").content.decode()
    assert "An officer looks at it" in page
    assert "12345" in page


def test_the_twenty_second_in_a_minute_of_one_address_is_held_and_another_address_is_not(
    visitor: Visitor,
) -> None:
    for _ in range(22):
        visitor.send(text=BRIDGE, wait=3)
    Visitor(at=visitor.at, address="198.51.100.9").send(text=BRIDGE)
    assert (len(cases()), [row.because for row in held()]) == (22, ["address"])


def test_an_officer_hears_of_it_takes_it_in_and_its_code_goes_on(visitor: Visitor, world: World) -> None:
    visitor.send(text=BRIDGE, area=VILLAGE, wait=1)
    code, [row] = visitor.code(), held()
    told = Notice.objects.filter(kind="cases.held").values_list("person", flat=True)
    assert set(told) == {world.people["county_duty"], world.people["county_duty2"]}
    with clock.use(clock.FixedClock(AT + timedelta(hours=1))):
        page = officer(world).get("/duty/held/").content.decode()
        assert BRIDGE in page
        assert officer(world, "village_lead").get("/duty/held/").status_code == 403
        officer(world).post(f"/duty/held/{row.id}/take/")
    [case] = cases()
    assert (case.id, case.door, case.text, case.area_id) == (row.id, "public", BRIDGE, VILLAGE)
    other = Visitor(at=AT + timedelta(hours=2))
    other.post("/public/follow/", {"code": code})
    assert other.get("/public/follow/").context["found"].number == case.number


def test_putting_aside_needs_a_reason_and_the_sender_is_told(visitor: Visitor, world: World) -> None:
    visitor.send(text="买便宜的药", wait=1)
    [row] = held()
    with clock.use(clock.FixedClock(AT)):
        assert officer(world).post(f"/duty/held/{row.id}/drop/", {"reason": " "}).status_code == 422
        assert held()[0].state == "waiting"
        officer(world).post(f"/duty/held/{row.id}/drop/", {"reason": "广告"})
    assert (held()[0].state, held()[0].reason) == ("dropped", "广告")
    assert visitor.get("/public/follow/").context["found"].dropped
    assert cases() == []
    assert [sweep_held(AT + timedelta(days=29)), sweep_held(AT + timedelta(days=31))] == [0, 1]
    assert (held()[0].text, held()[0].state, held()[0].reason) == ("", "dropped", "广告")
    assert sweep_held(AT + timedelta(days=32)) == 0


def test_what_is_written_to_a_held_report_is_kept_too(visitor: Visitor) -> None:
    filled = {**visitor.blank(), "text": BRIDGE}
    visitor.post("/public/report/", filled)
    visitor.post("/public/report/", {**filled, "text": "桥下有人"})
    assert [row.text for row in held()] == [f"{BRIDGE}\n桥下有人"]


def test_when_nothing_more_can_be_kept_the_sender_hears_it_with_the_number_to_call(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding_back, "MOST", 1)
    visitor.send(text=BRIDGE, wait=1)
    answer = Visitor(at=visitor.at).send(text=BRIDGE, wait=1)
    assert (answer.status_code, answer.headers["X-Problem"]) == (503, "public.full")
    assert "12345" in answer.content.decode()
    assert len(held()) == 1


def test_an_address_is_known_for_a_day_only_and_cannot_be_told_back() -> None:
    today, tomorrow = (
        visitors.key_of("203.0.113.7", AT),
        visitors.key_of("203.0.113.7", AT + timedelta(days=1)),
    )
    assert today != tomorrow
    if not is_postgresql():
        assert visitors.key_of("203.0.113.7", AT) != today, (
            "yesterday's salt is gone, also when asked for again"
        )
    assert "203" not in today


def test_addresses_of_one_house_count_together() -> None:
    one, two, far = (
        visitors.key_of(a, AT) for a in ("2001:db8:1:2::1", "2001:db8:1:2::ffff", "2001:db8:1:3::1")
    )
    assert one == two != far
    assert visitors.key_of("::ffff:203.0.113.7", AT) == visitors.key_of("203.0.113.7", AT)


def test_buckets_refill_with_time_and_memory_stays_small() -> None:
    buckets = Buckets(burst=2, refill=0.5, most=50)
    assert [buckets.take("a", 0.0) for _ in range(3)] == [True, True, False]
    assert [buckets.take("a", 2.0), buckets.take("a", 2.0)] == [True, False]
    for number in range(500):
        buckets.take(number, 3.0)
    assert len(buckets._levels) <= 51

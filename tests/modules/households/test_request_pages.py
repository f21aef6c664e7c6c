"""The desk's pages for what a family asks of its record: small forms, one decision, a slip in both languages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.kernel.ids import uuid7
from mulian.modules.households.domain.requests import Kind
from mulian.modules.households.models import Household, Member, Request
from tests.world import World

pytestmark = pytest.mark.django_db


def browser(world: World, username: str = "village_lead", language: str = "zh-hans") -> Client:
    Person.objects.filter(id=world.people[username]).update(language=language)
    client = Client(headers={"Accept": "text/html", "Accept-Language": language})
    client.force_login(Person.objects.get(id=world.people[username]))
    return client


def speaker(world: World) -> UUID:
    row = (
        Member.unscoped.because("test")
        .filter(household=world.households["near"])
        .order_by("position")
        .first()
    )
    assert row is not None
    return row.id


def ask(world: World, client: Client, query: str, **more: Any) -> Any:
    data = {"id": str(uuid7()), "asked_by": str(speaker(world)), "known_by": "本人认识", "words": "", **more}
    return client.post(f"/households/{world.households['near']}/requests/new/?{query}", data)


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_from_the_household_s_page_to_the_slip(world: World, language: str) -> None:
    near, client = world.households["near"], browser(world, language=language)
    assert f"/households/{near}/requests/" in client.get(f"/households/{near}/").content.decode()
    assert client.get(f"/households/{near}/requests/").status_code == 200
    assert "item%3Alivestock.yak" in client.get(f"/households/{near}/requests/?kind=correct").content.decode()

    made = ask(world, client, "kind=correct&target=field:phone:", wanted="13900000001", words="号码换了")
    row = Request.unscoped.get()
    assert made["Location"] == f"/households/requests/{row.id}/"
    listed = client.get("/households/requests/").content.decode()
    assert str(row.id) in listed

    assert client.get(f"{made['Location']}slip/").status_code == 409
    assert client.post(made["Location"], {"act": "yes", "reason": ""}).status_code == 422
    assert client.post(made["Location"], {"act": "yes", "reason": "当面核对"}).status_code == 302
    assert Household.unscoped.get(id=near).phone == "13900000001"
    slip = client.get(f"{made['Location']}slip/").content.decode()
    assert slip.count("当面核对") == 2
    assert ("第四十六条" in slip, 'lang="bo"' in slip, "第六十五条" in slip) == (True, True, True)

    assert client.post(made["Location"], {"act": "told"}).status_code == 302
    assert Request.unscoped.get().told_language == Household.unscoped.get(id=near).language
    assert str(row.id) not in client.get("/households/requests/?shown=untold").content.decode()


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("kind=see", {}),
        ("kind=restrict", {}),
        ("kind=withdraw", {"target": ""}),
        ("kind=delete", {"target": "help"}),
    ],
)
def test_every_kind_has_its_small_form(world: World, query: str, more: dict[str, str]) -> None:
    client = browser(world)
    address = f"/households/{world.households['near']}/requests/new/?{query}"
    assert client.get(address).status_code == 200
    assert ask(world, client, query, asked_by="", **more).status_code == 422
    assert ask(world, client, query, **more).status_code == 302
    assert client.get(f"/households/requests/{Request.unscoped.get().id}/").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["kind=watch", "kind=correct", "kind=correct&target=item:watched:", "kind=see&target=field:phone:"],
)
def test_what_does_not_exist_is_not_asked(world: World, query: str) -> None:
    near = world.households["near"]
    assert browser(world).get(f"/households/{near}/requests/new/?{query}").status_code == 404


def test_who_took_a_deletion_down_is_told_who_decides(world: World) -> None:
    client = browser(world)
    made = ask(world, client, "kind=delete", target="facts")
    page = client.get(made["Location"]).content.decode()
    assert ('value="yes"' in page, "第二个人决定" in page) == (False, True)
    deputy = browser(world, "village_deputy").get(made["Location"]).content.decode()
    assert ('value="yes"' in deputy, "第十三条" in deputy) == (True, True)


def test_a_deletion_that_found_nothing_says_so(world: World) -> None:
    made = ask(world, browser(world), "kind=delete", target="help")
    deputy = browser(world, "village_deputy")
    assert deputy.post(made["Location"], {"act": "yes", "reason": "合成理由"}).status_code == 302
    assert "没有保存过这些内容" in deputy.get(f"{made['Location']}slip/").content.decode()


def test_a_leader_sees_how_they_stand_and_decides_nothing(world: World) -> None:
    made = ask(world, browser(world), f"kind={Kind.RESTRICT}")
    client = browser(world, "leader")
    assert 'value="yes"' not in client.get(made["Location"]).content.decode()
    assert client.post(made["Location"], {"act": "yes", "reason": "x"}).status_code == 404

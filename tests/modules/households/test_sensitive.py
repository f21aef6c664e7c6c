"""What breaking the code by hand showed nobody noticed: sensitive papers by every door, ten hits, fifty households."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Paper, searching
from mulian.modules.households.domain.exporting import needs_second
from mulian.modules.households.domain.sides import BOTH, may_read
from mulian.modules.households.models import Household, Member
from mulian.modules.households.queries import areas_at
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.syncables.insides import insides
from tests.world import AT, VILLAGE, World

WHO = (("county_duty", False), ("village_lead", True))


@pytest.mark.parametrize(("sensitive", "cares", "read"), [(1, 0, 0), (1, 1, 1), (0, 0, 1), (0, 1, 1)])
def test_g7_a_sensitive_fact_is_read_by_who_helps_whatever_side_they_stand_on(
    sensitive: int, cares: int, read: int
) -> None:
    item = replace(catalogue().items["livestock.yak"], sensitive=bool(sensitive))
    assert may_read(item, BOTH, bool(cares)) is bool(read)


@pytest.fixture
def paper(world: World) -> str:
    """A grown member has a certificate of disability; answers its name."""
    elder = Member.unscoped.get(household=world.households["near"], birth_year=1950)
    held = Paper(code="disability", held=True, member=elder.id)
    actions.note_paper(household=world.households["near"], paper=held, actor=SYSTEM, at=AT)
    return str(catalogue().documents["disability"].name["zh"])


@pytest.mark.django_db
@pytest.mark.parametrize(("username", "helps"), WHO)
def test_g7_the_page_shows_a_sensitive_paper_to_who_helps_only(
    world: World, paper: str, username: str, helps: bool
) -> None:
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people[username]))
    answer: Any = client.get(f"/households/{world.households['near']}/")
    assert [one["name"] for one in answer.context["papers"]] == ([paper] if helps else [])


@pytest.mark.django_db
@pytest.mark.parametrize(("username", "helps"), WHO)
def test_g7_what_travels_holds_a_sensitive_paper_for_who_helps_only(
    world: World, paper: str, username: str, helps: bool
) -> None:
    home = Household.unscoped.get(id=world.households["near"])
    held = insides([home.id], world.actor(username), AT).of(home, areas_at(home.id, AT), {})
    assert ("disability" in str(held["documents"])) is helps


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "  "])
def test_g8_two_things_without_a_reason_find_nobody(world: World, reason: str) -> None:
    number = Household.unscoped.get(id=world.households["near"]).number
    with pytest.raises(Problem) as refused:
        actions.find_households(
            actor=world.actor("county_duty"), at=AT, reason=reason, number=number, village=VILLAGE
        )
    assert refused.value.code == "households.two_identifiers"


@pytest.mark.django_db
@pytest.mark.parametrize("place", [VILLAGE[:6], VILLAGE[:9], "nowhere"])
def test_g8_a_whole_county_or_township_is_not_one_of_the_two_things(world: World, place: str) -> None:
    with pytest.raises(Problem) as refused:
        actions.find_households(
            actor=world.actor("county_duty"), at=AT, reason="来电", phone="000-0000", village=place
        )
    assert refused.value.code == "households.two_identifiers"


@pytest.mark.django_db
def test_g8_a_search_ends_at_its_most_and_that_is_ten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> int:
        rows = actions.find_households(
            actor=world.actor("county_duty"), at=AT, reason="来电", phone="000-0000", village=VILLAGE
        )
        return len(rows)

    assert searching.MOST == 10
    assert found() > 1
    monkeypatch.setattr(searching, "MOST", 1)
    assert found() == 1


@pytest.mark.django_db
def test_g8_who_tries_out_name_after_name_is_slowed_and_the_leaders_hear_of_it_once(world: World) -> None:
    def tried(username: str, name: str, at: datetime = AT) -> str:
        try:
            actions.find_households(
                actor=world.actor(username), at=at, reason="来电", name=name, village=VILLAGE
            )
        except Problem as problem:
            return problem.code
        return "answered"

    codes = [tried("county_duty", f"合成{turn}") for turn in range(130)]

    assert (codes[:120], set(codes[120:])) == (["answered"] * 120, {"households.many_searches"})
    assert tried("leader", "合成") == "answered"
    assert tried("county_duty", "合成", AT + timedelta(minutes=2)) == "answered"
    told = Notice.objects.filter(kind="households.searches")
    assert [(one.person, one.params) for one in told] == [
        (world.people["leader"], {"name": "合成county_duty"})
    ]
    assert Event.objects.filter(name="households.searches_refused").count() == 10


@pytest.mark.parametrize(("households", "second"), [(50, False), (51, True)])
def test_g10_more_than_fifty_households_need_a_second_person(households: int, second: bool) -> None:
    assert needs_second(households) is second

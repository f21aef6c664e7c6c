"""The data catalogue: every item with who keeps it, and how fresh it is as each family's turn says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Fact
from mulian.modules.households.actions.counting import rebuild
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.described import Told, told_of_items
from tests.world import AT, TOWNSHIPS, VILLAGE, VILLAGE2, World

pytestmark = pytest.mark.django_db
TODAY = AT.astimezone(CN).date()


@pytest.fixture
def told(world: World) -> World:
    for name, days in (("near", 900), ("near2", 1)):
        fact = Fact(code="dwelling.rooms", value=3, as_of=TODAY - timedelta(days=days))
        actions.update_household(household=world.households[name], facts=[fact], actor=SYSTEM, at=AT)
    rebuild()
    return world


def test_of_each_item_stands_how_much_is_known_and_stale_in_one_s_own_area(told: World) -> None:
    officer = told.actor("township_officer")
    assert told_of_items(TOWNSHIPS[0], officer, AT) == {"dwelling.rooms": Told(2, 1)}
    assert told_of_items(VILLAGE2, officer, AT) == {}
    for username, area in (("outsider", VILLAGE), ("village_lead", VILLAGE2), ("leader", VILLAGE)):
        with pytest.raises(Problem) as refused:
            told_of_items(area, told.actor(username), AT)
        assert refused.value.status == 404


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_every_item_has_a_line_in_the_reader_s_language(told: World, language: str) -> None:
    Person.objects.filter(id=told.people["liaison"]).update(language=language)
    client = Client(headers={"Accept": "text/html"})
    client.force_login(Person.objects.get(id=told.people["liaison"]))
    page = client.get("/households/catalogue/").content.decode()
    lines = re.findall(r'<th scope="row"[^>]*><strong>(.*?)</strong></th>', page)
    held = catalogue()
    words = [
        *(item.name for group in held.groups for item in held.items.values() if item.group == group),
        *(need.name for need in held.needs.values()),
        *(each.name for each in held.documents.values()),
        *(check.name for check in held.checks.values()),
    ]
    assert lines == [name["bo" if language == "bo" else "zh"] for name in words]
    assert "/households/catalogue/" in client.get("/households/fresh/").content.decode()

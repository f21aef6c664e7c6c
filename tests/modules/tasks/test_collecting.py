"""What is stale in a village becomes one task of its liaisons, in the name of the office that asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events import deliveries, stamper
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.kernel.text import language_of
from mulian.modules.households import actions
from mulian.modules.households.actions import Fact
from mulian.modules.households.actions.collecting import want_collection
from mulian.modules.tasks.actions.collecting import collect
from mulian.modules.tasks.models import Assignment, Task
from tests.world import AT, GRID, GRID2, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def told(world: World) -> None:
    """`near` told something long ago, `near2` yesterday, `next` nothing ever."""
    for name, days in (("near", 900), ("near2", 1)):
        fact = Fact(code="dwelling.rooms", value=3, as_of=TODAY - days * DAY)
        actions.update_household(household=world.households[name], facts=[fact], actor=SYSTEM, at=AT)


def run() -> None:
    later = AT + timedelta(hours=1)
    while stamper.stamp(later):
        pass
    while deliveries.run_due(later):
        pass


def test_the_liaisons_of_families_with_something_stale_are_asked_once(world: World) -> None:
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people["village_lead"]))
    address = f"/households/fresh/{VILLAGE}/collect/"
    form = {
        "title": "重新了解过期信息",
        "other_title": "དུས་ཡོལ་བ་ཡང་བསྐྱར་འདྲི་བ།",
        "due": (TODAY + 9 * DAY).isoformat(),
    }
    asked, sent = client.get(address), client.post(address, form)
    run()
    event = Event.objects.get(name="households.collection_wanted")
    collect(event, now=AT + timedelta(hours=2))

    [task] = Task.unscoped.because("a test looks")
    parts = Assignment.unscoped.because("a test looks").filter(task=task)
    assert (asked.status_code, sent.status_code) == (200, 302)
    assert (task.other_title, task.other_language) == ("དུས་ཡོལ་བ་ཡང་བསྐྱར་འདྲི་བ།", "bo")
    filled = asked.context["form"].initial
    assert [language_of(filled[name]) for name in ("title", "other_title")] == ["zh-hans", "bo"]
    assert (task.id, task.title, task.issuer_id) == (
        event.id,
        "重新了解过期信息",
        world.people["village_lead"],
    )
    assert set(parts.values_list("household", "person", "area")) == {
        (world.households["near"], world.people["liaison"], GRID),
        (world.households["next"], world.people["liaison2"], GRID2),
    }


@pytest.mark.parametrize(
    ("username", "days", "code"),
    [
        ("village_lead", 0, "households.collect_by"),
        ("village_lead2", 5, "not_found"),
        ("liaison", 5, "not_found"),
    ],
)
def test_who_may_not_or_too_late_asks_nobody(world: World, username: str, days: int, code: str) -> None:
    with pytest.raises(Problem) as refused:
        want_collection(
            area=VILLAGE, title="合成", due=TODAY + days * DAY, actor=world.actor(username), at=AT
        )
    assert refused.value.code == code


@pytest.mark.parametrize("other", ["也是中文", "1234"])
def test_the_other_line_is_the_other_language(world: World, other: str) -> None:
    with pytest.raises(Problem) as refused:
        want_collection(
            area=VILLAGE, title="合成", other_title=other, due=TODAY + 9 * DAY,
            actor=world.actor("village_lead"), at=AT,
        )  # fmt: skip
    assert refused.value.code == "households.collect_words"

"""The register in the console: facts in their place with their history, needs, papers, and what is stale."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mulian.core.access.models import Person
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Fact, Help
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.models import Document, Household, Item, Member, Need
from mulian.modules.households.queries import freshness, register
from mulian.modules.households.queries.catalogue import catalogue
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db

TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}


def client_of(world: World, username: str, language: str = "zh-hans") -> Client:
    client = Client(headers={"Accept": "text/html", "Accept-Language": language})
    client.force_login(Person.objects.get(id=world.people[username]))
    return client


def tell(household: UUID, *facts: Fact) -> None:
    actions.update_household(household=household, facts=facts, actor=SYSTEM, at=AT)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def test_a_fact_is_changed_in_its_place_and_says_so(world: World) -> None:
    near = world.households["near"]
    tell(near, Fact(code="livestock.yak", value=40, as_of=TODAY - 30 * DAY))
    client = client_of(world, "village_lead")
    address = f"/households/{near}/items/livestock.yak/"

    slot = client.get(address, headers=HTMX).content.decode()
    assert 'value="40"' in slot
    assert "<html" not in slot
    answer = client.post(address, {"value": "43", "source": "seen"}, headers=HTMX)

    row = Item.unscoped.get(household=near, valid_to=None)
    line = answer.content.decode()
    assert (answer.status_code, row.amount, row.telling.source) == (200, 43, "seen")
    assert row.telling.by == world.people["village_lead"]
    assert 'id="item-livestock-yak-0"' in line
    assert "43 头（只）" in line
    history = client.get(address, headers=HTMX).content.decode()
    assert history.index("43 头") < history.index("40 头")
    assert "合成village_lead" in history


def test_without_scripts_the_same_address_is_a_page(world: World) -> None:
    near = world.households["near"]
    client = client_of(world, "liaison", "bo")
    address = f"/households/{near}/items/water.source/"

    alone = page(client, address)
    assert "<html" in alone
    assert f'hx-post="{address}' not in alone, "no line of a list stands there to be replaced"
    answer = client.post(address, {"value": "well", "source": "told", "as_of": "2026-11-01"})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/households/{near}/")
    assert Item.unscoped.get(household=near).valid_from.isoformat() == "2026-11-01"


@pytest.mark.parametrize("given", [{"value": "-1", "source": "told"}, {"value": "4", "source": "guess"}, {}])
def test_a_wrong_value_is_said_at_its_field(world: World, given: dict[str, Any]) -> None:
    near = world.households["near"]
    client = client_of(world, "village_lead")
    answer = client.post(f"/households/{near}/items/livestock.yak/", given, headers=HTMX)

    assert (answer.status_code, Item.unscoped.count()) == (422, 0)
    assert "field-error" in answer.content.decode()


def test_the_side_that_does_not_keep_a_fact_reads_it_and_has_no_form(world: World) -> None:
    dual = world.households["dual"]
    tell(dual, Fact(code="dwelling.rooms", value=3), Fact(code="livelihood.income", value="under_8k"))
    far, town = client_of(world, "village_lead"), client_of(world, "town_lead")
    rooms, income = (f"/households/{dual}/items/{code}/" for code in ("dwelling.rooms", "livelihood.income"))

    assert 'name="value"' in page(town, rooms)
    assert 'name="value"' not in page(far, rooms)
    assert far.post(rooms, {"value": "4", "source": "told"}).status_code == 403
    assert town.get(income).status_code == 404
    assert "8千元以下" in page(far, f"/households/{dual}/")
    assert "8千元以下" not in page(town, f"/households/{dual}/")


def test_a_need_is_taken_down_planned_and_withdrawn_by_form(world: World) -> None:
    near = world.households["near"]
    head, elder = (Member.unscoped.filter(household=near)[n] for n in (0, 3))
    client = client_of(world, "village_lead")
    given = {
        "code": "elder_alone", "member": str(elder.id), "consent_by": str(head.id), "consent_how": "guardian",
        "consent_language": "zh-hans", "consent_witness": "合成见证",
        "what": "每周看望", "who": "合成联户员",
    }  # fmt: skip
    assert client.post(f"/households/{near}/needs/", given).status_code == 302
    need = Need.unscoped.get(household=near)
    address = f"/households/{near}/needs/{need.id}/"

    shown = page(client, f"/households/{near}/")
    assert ("每周看望" in shown, "合成见证" in shown, need.consent_language) == (True, True, "zh-hans")
    assert "每周看望" not in page(client_of(world, "grid_head"), f"/households/{near}/")
    assert client.post(address, {"act": "plan", "what": "送煤", "who": "村委会"}).status_code == 302
    assert client.post(address, {"act": "given"}).status_code == 302
    assert [plan.done_on for plan in need.plans.all()] == [None, TODAY]
    assert client.post(address, {"act": "withdrawn"}).status_code == 302
    assert Need.unscoped.count() == 0
    assert client.get(address).status_code == 404


def test_a_paper_is_noted_and_one_that_ran_out_is_marked(world: World) -> None:
    near = world.households["near"]
    head = Member.unscoped.filter(household=near)[0]
    client = client_of(world, "village_lead")
    address = f"/households/{near}/papers/"

    assert client.post(address, {"code": "identity", "member": "", "held": "yes"}).status_code == 422
    given = {"code": "identity", "member": str(head.id), "held": "yes", "valid_to": "2026-01-01"}
    assert client.post(address, given).status_code == 302
    paper = Document.unscoped.get(household=near)
    assert (paper.member, paper.held, paper.seen_on) == (head.id, True, TODAY)
    assert "已过期" in page(client, f"/households/{near}/")


def test_what_is_stale_is_counted_for_whose_turn_it_is(world: World) -> None:
    near, dual = world.households["near"], world.households["dual"]
    tell(near, Fact(code="livestock.yak", value=4, as_of=TODAY - 200 * DAY))
    tell(near, Fact(code="dwelling.rooms", value=4, as_of=TODAY - 100 * DAY))
    tell(dual, Fact(code="water.winter", value=True, as_of=TODAY - 400 * DAY))
    for name in ("near2", "next"):
        tell(world.households[name], Fact(code="dwelling.rooms", value=1))
    lead = world.actor("village_lead")

    turns = {
        t.household.id: (t.fresh.registered, t.fresh.residing) for t in freshness.turns(lead, AT, VILLAGE)
    }
    assert turns == {near: (1, 0), dual: (0, 1)}
    shown = page(client_of(world, "village_lead"), "/households/fresh/")
    assert shown.count("/households/") > 2


def test_counts_of_stale_items_equal_a_slow_count(world: World) -> None:
    """The one grouped query against every item looked at by itself."""
    for n, (name, id) in enumerate(world.households.items()):
        facts = [
            Fact(code=item.code, value=1, as_of=TODAY - (37 * k + 11 * n) * DAY)
            for k, item in enumerate(catalogue().items.values())
            if item.of == "household" and item.type in ("count", "number")
        ]
        tell(id, *facts)
        assert name

    actor = world.actor("township_officer")
    found = {id: fresh.stale for id, fresh in freshness.freshness(actor, AT).items()}
    slow = {
        id: sum(catalogue().items[k.code].stale(k.as_of, TODAY) for k in known)
        for id, known in register.true_on(world.households.values(), TODAY).items()
    }
    assert found == slow
    assert sum(slow.values()) > 0


def test_a_page_costs_the_same_however_much_is_known(world: World) -> None:
    near = world.households["near"]
    client = client_of(world, "village_lead")
    page(client, f"/households/{near}/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, f"/households/{near}/")
        return len(asked)

    few = queries()
    members = Member.unscoped.filter(household=near)
    tell(near, *(Fact(code="cover.health", value=True, member=m.id) for m in members))
    tell(near, *(Fact(code=f"livestock.{kind}", value=5) for kind in ("yak", "sheep", "goat", "horse")))
    Household.unscoped.filter(id=near).update(rev=1)
    assert queries() <= few + 1


def test_a_plan_whose_day_has_come_is_somebodys_turn(world: World) -> None:
    near = world.households["near"]
    head = Member.unscoped.filter(household=near)[0]
    tell(near, Fact(code="dwelling.rooms", value=4))
    actions.note_need(
        household=near, code="low_income", agreed=Agreed(by=head.id, how=Consent.WRITTEN, on=TODAY),
        plan=Help(what="合成", who="合成", review_on=TODAY), actor=SYSTEM, at=AT,
    )  # fmt: skip

    found = {t.household.id: t.review for t in freshness.turns(world.actor("village_lead"), AT, VILLAGE)}
    assert found[near] is True

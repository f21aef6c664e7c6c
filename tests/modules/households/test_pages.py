"""The register's pages: what each duty sees, what the forms do, and what is not there for others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mulian.core.access.models import Person, Posting
from mulian.core.events.models import Event
from mulian.modules.households import public
from mulian.modules.households.domain.lives import Why
from mulian.modules.households.models import Camp, Household, Member
from tests.world import AT, GRID, GRID2, GRID_TOWN, VILLAGE, World, add_household, to_camp

pytestmark = pytest.mark.django_db


def client_of(world: World, username: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {world.api_token(username)}", "Accept": "text/html"})


def page(world: World, username: str, path: str) -> tuple[int, str]:
    answer = client_of(world, username).get(path)
    return answer.status_code, answer.content.decode()


def pages_of(world: World) -> dict[str, str]:
    near = world.households["near"]
    member = Member.unscoped.filter(household=near).first()
    assert member is not None
    return {
        "ledger": "/households/",
        "find": "/households/find/",
        "register": "/households/new/",
        "liaisons": "/households/liaisons/",
        "hand over": f"/households/liaisons/{GRID}/",
        "household": f"/households/{near}/",
        "change": f"/households/{near}/change/",
        "close": f"/households/{near}/close/",
        "add member": f"/households/{near}/members/new/",
        "member": f"/households/{near}/members/{member.id}/",
        "move": f"/households/{near}/move/",
        "camp": f"/households/{near}/camps/new/",
    }


@pytest.mark.parametrize(
    ("username", "back"), [("village_lead", "/households/"), ("county_duty", "/households/find/")]
)
def test_the_way_back_leads_where_one_may_go(world: World, username: str, back: str) -> None:
    _, text = page(world, username, f"/households/{world.households['near']}/")
    assert f'class="back" href="{back}"' in text
    assert page(world, username, back)[0] == 200


def test_each_duty_opens_its_pages_and_no_other(world: World) -> None:
    opened = {
        username: {name for name, path in pages_of(world).items() if page(world, username, path)[0] == 200}
        for username in (
            "liaison",
            "liaison2",
            "grid_head",
            "village_lead",
            "county_duty",
            "leader",
            "auditor",
        )
    }

    ledger = {"household", "change", "add member", "member", "move", "camp", "ledger"}
    everything = set(pages_of(world)) - {"find"}
    assert opened == {
        "liaison": ledger,
        "liaison2": {"ledger"},
        "grid_head": {"ledger", "household"},
        "village_lead": everything,
        "county_duty": {"find", "household"},
        "leader": {"find", "household"},
        "auditor": set(),
    }


def test_the_outsider_never_sees_anything(world: World) -> None:
    names = [row.name for row in Household.unscoped.all()]
    for path in pages_of(world).values():
        _, text = page(world, "outsider", path)
        assert [name for name in names if name in text] == []


def test_ledger_is_found_by_number_name_member_and_place(world: World) -> None:
    def found(query: str) -> list[str]:
        text = page(world, "village_lead", f"/households/?{query}")[1]
        return [name for name in world.households if f">合成户主{name}<" in text.replace("</span>", "<")]

    number = Household.unscoped.get(id=world.households["next"]).number

    assert found("") == ["near", "near2", "next", "dual"]
    assert found(f"q={number}") == ["next"]
    assert found("q=合成户主near2") == ["near2"]
    assert found("q=合成老人dual") == ["dual"]
    assert found(f"area={GRID2}") == ["next"]
    assert found(f"liaison={world.people['liaison']}") == ["near", "near2"]
    assert found("q=nobody") == []


def test_ledger_costs_the_same_number_of_queries_for_any_number_of_rows(world: World) -> None:
    client = client_of(world, "village_lead")
    client.get("/households/")
    with CaptureQueriesContext(connection) as few:
        client.get("/households/")
    for i in range(20):
        add_household(f"more{i}", VILLAGE, GRID, AT)
    with CaptureQueriesContext(connection) as many:
        client.get("/households/")

    assert len(many) == len(few)


def test_household_page_shows_today_s_places_and_no_trail(world: World) -> None:
    to_camp(world, "next", "summer", AT)

    _, text = page(world, "village_lead", f"/households/{world.households['next']}/")
    _, in_town = page(world, "village_lead", f"/households/{world.households['dual']}/")

    assert "合成夏窝子" in text
    Camp.unscoped.because("a test names it").filter(household=world.households["next"]).update(
        name_bo="དབྱར་ས"
    )
    tibetan = Client(headers={"Accept": "text/html", "Accept-Language": "bo"})
    tibetan.force_login(Person.objects.get(id=world.people["village_deputy"]))
    said = tibetan.get(f"/households/{world.households['next']}/").content.decode()
    assert 0 < said.index("དབྱར་ས") < said.index("合成夏窝子"), "its own name first"
    assert "合成liaison2" in text
    assert "合成liaison3" in text
    assert "lives elsewhere" in in_town or "住在别处" in in_town


def test_registering_by_form_takes_the_next_number_and_warns(world: World) -> None:
    form = {
        "name": "合成新户",
        "name_bo": "",
        "phone": "000-9",
        "language": "bo",
        "village": VILLAGE,
        "residing": GRID2,
    }

    answer = client_of(world, "village_lead").post("/households/new/", form, follow=True)

    row = Household.unscoped.get(name="合成新户")
    assert answer.redirect_chain == [(f"/households/{row.id}/", 302)]
    assert row.number == "204200-0005"
    assert public.where(row.id, AT).areas == (GRID2, VILLAGE)


def test_forms_that_do_not_fit_answer_422_and_change_nothing(world: World) -> None:
    near = world.households["near"]
    lead = client_of(world, "village_lead")
    before = Event.objects.count()

    answers = [
        lead.post("/households/new/", {"name": ""}).status_code,
        lead.post(f"/households/{near}/change/", {"name": "", "language": "bo"}).status_code,
        lead.post(f"/households/{near}/members/new/", {"name": "x", "relation": "boss"}).status_code,
        lead.post(
            f"/households/{near}/members/new/", {"name": "x", "relation": "child", "birth_year": 2090}
        ).status_code,
        lead.post(f"/households/{near}/move/", {"kind": "residing", "to": ""}).status_code,
        lead.post(
            f"/households/{near}/move/", {"kind": "camp", "to": GRID, "at": "2027-11-22T10:00"}
        ).status_code,
        lead.post(f"/households/liaisons/{GRID}/", {"person": str(world.people["outsider"])}).status_code,
    ]

    assert answers == [422, 422, 422, 422, 422, 422, 422]
    assert Event.objects.count() == before


def test_changing_moving_and_members_by_form(world: World) -> None:
    near = world.households["near"]
    lead = client_of(world, "village_lead")
    member = Member.unscoped.filter(household=near).last()
    assert member is not None

    lead.post(f"/households/{near}/change/", {"name": "合成改名", "phone": "000-8", "language": "zh-hans"})
    lead.post(f"/households/{near}/members/{member.id}/left/", {"why": Why.MOVED_OUT})
    lead.post(
        f"/households/{near}/members/new/",
        {"why": Why.JOINED, "name": "合成添口", "relation": "child", "birth_year": 2020},
    )
    lead.post(f"/households/{near}/camps/new/", {"season": "winter", "area": GRID, "name_zh": "合成冬窝子"})
    lead.post(f"/households/{near}/move/", {"kind": "residing", "to": GRID_TOWN.removesuffix("G001")})

    row = Household.unscoped.get(id=near)
    assert (row.name, row.phone, row.language, row.rev) == ("合成改名", "000-8", "zh-hans", 6)
    assert [m.name for m in row.members.filter(gone_at__isnull=True)] == [
        "合成户主near",
        "合成配偶near",
        "合成子女near",
        "合成添口",
    ]
    assert [camp.name_zh for camp in row.camps.all()] == ["合成冬窝子"]
    assert public.where(near, AT).residing == GRID_TOWN.removesuffix("G001")


def test_hand_over_by_form(world: World) -> None:
    answer = client_of(world, "village_lead").post(
        f"/households/liaisons/{GRID}/", {"person": str(world.people["liaison2"])}
    )

    assert answer.status_code == 302
    assert list(
        Posting.objects.filter(area=GRID, role="liaison")
        .order_by("valid_from")
        .values_list("person", "valid_to")
    ) == [(world.people["liaison"], AT), (world.people["liaison2"], None)]


def test_the_county_finds_one_household_by_two_identifiers_and_the_search_is_kept(world: World) -> None:
    near = Household.unscoped.get(id=world.households["near"])
    duty = client_of(world, "county_duty")

    one = duty.post("/households/find/", {"number": near.number, "reason": "合成来电"})
    no_reason = duty.post("/households/find/", {"number": near.number, "village": VILLAGE})
    found = duty.post("/households/find/", {"number": near.number, "village": VILLAGE, "reason": "合成来电"})

    assert [one.status_code, no_reason.status_code, found.status_code] == [422, 422, 200]
    assert f"/households/{near.id}/" in found.content.decode()
    kept = Event.objects.get(name="households.searched")
    assert (kept.actor, kept.data) == (
        world.people["county_duty"],
        {"reason": "合成来电", "found": [str(near.id)]},
    )

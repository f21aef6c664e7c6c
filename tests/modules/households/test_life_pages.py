"""Events of life in the console: what follows is shown first; the history answers for any day."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.cases.actions.reporting import report
from mulian.modules.households import actions
from mulian.modules.households.actions import Details, Fact
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.models import Household, LifeEvent, Member
from mulian.modules.households.queries.spoken import spoken
from tests.world import AT, GRID2, World

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)


def client_of(world: World, username: str, language: str = "zh-hans") -> Client:
    client = Client(headers={"Accept": "text/html", "Accept-Language": language})
    client.force_login(Person.objects.get(id=world.people[username]))
    return client


def members(household: UUID) -> list[Member]:
    rows = Member.unscoped.because("a test looks").filter(household=household, gone_at__isnull=True)
    return list(rows.order_by("position"))


def test_what_follows_is_shown_before_a_household_goes_into_another(world: World) -> None:
    near, near2 = world.households["near"], world.households["near2"]
    Member.unscoped.because("the same child stands in both").filter(name="合成子女near2").update(
        name="合成子女near"
    )
    actions.update_household(
        household=near2, facts=[Fact(code="livestock.yak", value=9)], actor=SYSTEM, at=AT
    )
    report(actor=world.actor("liaison"), at=AT, text="羊圈塌了", household=near2, id=UUID(int=77))
    lead, address = client_of(world, "village_lead"), f"/households/{near2}/merge/"

    preview = lead.post(address, {"into": "204200-0001"})
    shown = preview.content.decode()
    still = Household.unscoped.because("a test looks").get(id=near2).closed_at
    child = members(near2)[2]
    sent = {"into": "204200-0001", "same": str(child.id), "looked": "yes", "sure": "yes"}
    done = lead.post(address, sent)

    assert (preview.status_code, still) == (200, None)
    assert f'value="{child.id}" ' in shown
    assert shown.count("checked") == 1
    assert 'id="follows"' in shown
    assert "合成liaison" in shown
    assert (done.status_code, done.headers["Location"]) == (302, f"/households/{near}/")
    assert [m.name for m in members(near)][4:] == ["合成户主near2", "合成配偶near2", "合成老人near2"]
    page = lead.get(f"/households/{near2}/").content.decode()
    assert f"/households/{near}/" in page


def test_splitting_shows_where_and_who_then_does_it(world: World) -> None:
    near = world.households["near"]
    child = members(near)[2]
    lead, address = client_of(world, "village_lead", "bo"), f"/households/{near}/split/"
    sent = {"members": str(child.id), "head": str(child.id), "residing": GRID2, "on": ""}

    preview = lead.post(address, sent).content.decode()
    head = str(members(near)[0].id)
    headless = lead.post(address, {**sent, "members": head, "head": head}).content.decode()
    assert headless.count("合成配偶near") == preview.count("合成配偶near") + 1, (
        "who heads those who stay is said"
    )
    before = Household.unscoped.because("a test looks").count()
    done = lead.post(address, {**sent, "sure": "yes"})

    assert "合成liaison2" in preview
    assert before == 5
    new = Household.unscoped.because("a test looks").get(name=child.name)
    assert done.headers["Location"] == f"/households/{new.id}/"


@pytest.mark.parametrize(
    "sent",
    [{"into": "no-such"}, {}, {"into": "204200-0002", "sure": "yes"}, {"into": "204201-0001", "sure": "yes"}],
    ids=["unknown", "empty", "itself", "foreign"],
)
def test_what_cannot_be_merged_is_said_at_the_form(world: World, sent: dict[str, str]) -> None:
    answer = client_of(world, "village_lead").post(
        f"/households/{world.households['near2']}/merge/", {**sent, "looked": "yes"}
    )

    assert answer.status_code == 422
    assert not LifeEvent.unscoped.because("a test looks").exists()


def test_somebody_leaves_and_it_was_a_mistake(world: World) -> None:
    near = world.households["near"]
    elder, liaison = members(near)[3], client_of(world, "liaison", "bo")
    left = liaison.post(f"/households/{near}/members/{elder.id}/left/", {"why": "death", "on": "2026-11-20"})
    gone = [m.id for m in members(near)]
    told = LifeEvent.unscoped.because("a test looks").get()
    address = f"/households/{near}/lives/{told.id}/take-back/"
    asked = liaison.get(address).status_code
    back = liaison.post(address)

    assert (left.status_code, asked, back.status_code) == (302, 200, 302)
    assert elder.id not in gone
    assert elder.id in [m.id for m in members(near)]
    history = liaison.get(f"/households/{near}/history/").content.decode()
    assert str(told.id) not in history


def test_history_answers_for_a_day_and_names_no_place(world: World) -> None:
    near = world.households["near"]
    yaks = (Fact(code="livestock.yak", value=n, as_of=TODAY - d * DAY) for n, d in ((40, 20), (43, 5)))
    for fact in yaks:
        actions.update_household(household=near, facts=[fact], actor=SYSTEM, at=AT)
    lead = client_of(world, "village_lead")
    lead.post(f"/households/{near}/members/new/", {
        "why": "birth", "on": (TODAY - 8 * DAY).isoformat(), "name": "合成新生", "relation": "child",
    })  # fmt: skip

    def on(days: int) -> str:
        return lead.get(f"/households/{near}/history/?on={TODAY - days * DAY}").content.decode()

    assert "40 头" in on(10)
    assert on(10).count("合成新生") == 1, "among what happened"
    assert "43 头" in on(1)
    assert on(1).count("合成新生") == 2
    assert "片区" not in on(1)
    assert lead.get(f"/households/{near}/history/?on=never").status_code == 404


def test_closed_by_form_and_opened_again(world: World) -> None:
    near, lead = world.households["near"], client_of(world, "village_lead")
    report(actor=world.actor("liaison"), at=AT, text="羊圈塌了", household=near, id=UUID(int=78))
    asked = lead.get(f"/households/{near}/close/").content.decode()
    lead.post(f"/households/{near}/close/", {"reason": "搬到外县", "on": "2026-11-20"})
    closed = Household.unscoped.because("a test looks").get(id=near).closed_at
    again = lead.post(f"/households/{near}/reopen/", {"on": ""})

    assert '<dd class="num">1</dd>' in asked
    assert closed is not None
    assert closed.astimezone(CN).date().isoformat() == "2026-11-20"
    assert again.status_code == 302
    assert Household.unscoped.because("a test looks").get(id=near).closed_at is None


def test_history_says_who_spoke_and_in_which_language(world: World) -> None:
    """As it was on the day, and what was so before; a phone's word counts from when it was written."""
    near = world.households["near"]
    spouse = members(near)[1]
    actions.update_household(
        household=near, details=Details(language="zh-hans"), actor=SYSTEM, at=AT,
        members=[MemberChange(id=spouse.id, speaks_for=not spouse.speaks_for)], written=AT - 3 * DAY,
    )  # fmt: skip
    row = Household.unscoped.because("a test looks").get(id=near)
    people = members(near)
    then, now = spoken(row, people, TODAY - 4 * DAY), spoken(row, people, TODAY)

    assert (then.language, now.language) == ("bo", "zh-hans")
    assert then.speakers ^ now.speakers == {spouse.id}
    page = client_of(world, "village_lead").get(f"/households/{near}/history/?on={TODAY - 4 * DAY}")
    assert "བོད་ཡིག" in page.content.decode()

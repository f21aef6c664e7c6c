"""What is wrong in a filled form is put right at the desk; forms are found from the family and its members."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from mulian.core.events.models import Event
from mulian.modules.households.models import Item, Member
from tests.modules.forms.conftest import Desk, markdown
from tests.modules.forms.test_pages import browser, fields, words

pytestmark = pytest.mark.django_db(databases="__all__")

STRANGE: dict[str, Any] = {"damage": ["x"], "kind": "tent", "people": "x", "rooms": {"a": 1}, "number": 5}


def test_a_held_form_is_put_right_with_its_values_kept_and_says_who(desk: Desk) -> None:
    held = desk.fill(answers={"rooms": 51, "kind": "tent", "damage": "tent.jpg", "more": "x"})
    lead, address = browser("village_lead"), f"/forms/answers/{held.id}/correct/"
    assert address in lead.get(f"/forms/answers/{held.id}/").content.decode()
    page = lead.get(address)
    told = fields(page.content)
    assert (told["rooms"], told["damage"]) == ("51", "tent.jpg")
    assert 'value="tent" checked' in page.content.decode()
    assert "This cannot be right." in words(page.content)
    assert "left out: more" in words(page.content)

    again = lead.post(address, {**told, "kind": "tent", "save": "1"})
    saved = lead.post(address, {**told, "kind": "tent", "rooms": "5", "save": "1"})
    assert (again.status_code, saved.status_code) == (422, 302)
    old, new = desk.row(held.id), desk.row(UUID(saved["Location"].split("/")[-2]))
    assert (old.state, new.state, new.replaces_id) == ("replaced", "kept", old.id)
    assert (new.person.username, new.written_at, new.answers["damage"]) == (
        "village_lead",
        old.written_at,
        "tent.jpg",
    )
    assert Item.unscoped.because("a test looks").get(code="dwelling.rooms", valid_to=None).amount == 5
    event = Event.objects.filter(name="forms.answered").order_by("recorded_at", "id").last()
    assert event is not None
    assert (event.actor, event.data["replaces"], event.data["held"]) == (new.person_id, str(old.id), False)
    assert "Corrected by" in words(lead.get(f"/forms/answers/{old.id}/").content)
    assert f"/forms/answers/{old.id}/" in lead.get(saved["Location"]).content.decode()
    assert lead.get(address).status_code == 409


def test_whatever_was_sent_can_be_opened_to_be_put_right(desk: Desk) -> None:
    held = desk.fill(answers=STRANGE)
    lead = browser("village_lead", "bo")
    assert lead.get(f"/forms/answers/{held.id}/correct/").status_code == 200
    assert browser("outsider").get(f"/forms/answers/{held.id}/correct/").status_code == 404


def test_of_a_form_that_names_nobody_the_family_is_chosen_first(desk: Desk) -> None:
    held = desk.fill(answers={"rooms": 3}, subject=None)
    liaison, home = browser("liaison"), desk.world.households["near"]
    address = f"/forms/answers/{held.id}/correct/"
    assert "Which family" in words(liaison.get(address).content)
    told = fields(liaison.get(address, {"household": str(home)}).content)
    saved = liaison.post(address, {**told, "save": "1"})
    assert desk.row(UUID(saved["Location"].split("/")[-2])).household == home


def test_forms_are_found_from_the_family_and_lead_back(desk: Desk) -> None:
    home, far = desk.world.households["near"], desk.world.households["beyond"]
    answered = desk.fill(answers={"rooms": 3})
    lead = browser("village_lead")
    assert f"/forms/household/{home}/" in lead.get(f"/households/{home}/").content.decode()
    page = lead.get(f"/forms/household/{home}/").content.decode()
    for address in (
        f"/forms/small/fill/?household={home}",
        f"/forms/answers/{answered.id}/",
        f"/households/{home}/",
    ):
        assert address in page
    assert f"/forms/household/{home}/" in lead.get(f"/forms/answers/{answered.id}/").content.decode()
    assert lead.get(f"/forms/household/{far}/").status_code == 404


def test_a_form_about_a_member_is_filled_in_from_the_member_s_line(desk: Desk) -> None:
    rows = (
        "| | select_one dwelling | works | 住处 | ས | | yes | | |",
        "| | integer | age | 年龄 | ལོ | | | | |",
    )
    desk.publish(markdown(*rows, about="member", code="person"))
    lead, home = browser("village_lead"), desk.world.households["near"]
    member = Member.unscoped.because("a test looks").filter(household=home).order_by("position")[1]
    assert f"/forms/member/{member.id}/" in lead.get(f"/households/{home}/").content.decode()
    assert (
        f"/forms/person/fill/?member={member.id}" in lead.get(f"/forms/member/{member.id}/").content.decode()
    )
    assert (
        f"?member={member.id}" in lead.get("/forms/person/fill/", {"household": str(home)}).content.decode()
    )
    told = fields(lead.get("/forms/person/fill/", {"member": str(member.id)}).content)
    saved = lead.post("/forms/person/fill/", {**told, "works": "brick", "save": "1"})
    row = desk.row(UUID(saved["Location"].split("/")[-2]))
    assert (row.state, row.subject_kind, row.subject, row.household) == ("kept", "member", member.id, home)
    assert str(row.id) in lead.get(f"/forms/member/{member.id}/").content.decode()
    assert browser("outsider").get(f"/forms/member/{member.id}/").status_code == 404

"""The console's pages of forms, as people use them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mulian.core.access import version
from mulian.core.access.models import Person
from mulian.modules.forms.actions.publishing import draft
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.models import Form, Submission
from mulian.modules.households.models import Household, Member
from tests.modules.forms.conftest import SMALL, Desk, markdown

pytestmark = pytest.mark.django_db(databases="__all__")


def browser(username: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username))
    Person.objects.filter(username=username).update(language=language)
    version.bump()
    return client


def words(html: bytes) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html.decode(), flags=re.S)
    return re.sub(r"\s+", " ", text)


def fields(html: bytes) -> dict[str, str]:
    """Hidden and text inputs of the form, by name."""
    form = html.decode().split('id="fill"')[1]
    found = re.findall(r"<input [^>]*>", form.split("</form>")[0])
    told = {_of("name", each): _of("value", each) for each in found if 'type="radio"' not in each}
    return {name: value for name, value in told.items() if name}


def _of(attribute: str, tag: str) -> str:
    match = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return match[1] if match else ""


def test_a_form_is_looked_at_then_published_and_can_be_taken_back(desk: Desk) -> None:
    admin = browser("administrator")
    new = SimpleUploadedFile("new.md", markdown(*SMALL[:3], version="2", code="new").data)
    looked = admin.post("/forms/publish/", {"file": new})
    assert (looked.status_code, Form.objects.filter(code="new").count()) == (200, 0)
    content = _of("value", re.findall(r'<input [^>]*name="content"[^>]*>', looked.content.decode())[0])
    done = admin.post("/forms/publish/", {"name": "new.md", "content": content, "publish": "1"})
    assert (done.status_code, done["Location"]) == (302, "/forms/new/")
    assert "Small a household 3 0 2" in words(admin.get("/forms/").content)
    assert admin.post("/forms/new/drop/").status_code == 302
    assert "not offered any more" in words(admin.get("/forms/new/").content)
    assert not Form.objects.get(code="new").offered


def test_what_is_wrong_is_named_by_its_cell(desk: Desk) -> None:
    bad = SimpleUploadedFile("bad.md", markdown("| | text | a | 宗教信仰 | ཀ | | | | |", code="bad").data)
    answer = browser("administrator").post("/forms/publish/", {"file": bad, "publish": "1"})
    assert answer.status_code == 422
    assert "Sheet survey, row 2, column label::中文 (zh): “宗教” cannot be published." in words(
        answer.content
    )
    for sent in ({}, {"content": "%%"}):
        assert browser("administrator").post("/forms/publish/", sent).status_code == 422


def test_a_downloaded_table_is_the_same_form(desk: Desk) -> None:
    answer = browser("village_lead").get("/forms/small/1.xlsx")
    assert draft(Source("small.xlsx", answer.content)).tables == Form.objects.get().tables


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_a_village_fills_in_what_applies(desk: Desk, language: str) -> None:
    lead, home = browser("village_lead", language), desk.world.households["near"]
    number = Household.unscoped.because("a test looks").get(id=home).number
    desk.fill(answers={"rooms": 7})
    assert str(home) in lead.get("/forms/small/fill/", {"words": number}).content.decode()
    page = lead.get("/forms/small/fill/", {"household": str(home)})
    held = fields(page.content)
    people = Member.unscoped.because("a test looks").filter(household=home).order_by("position")
    assert (held["rooms"], held["people#"]) == ("7", str(len(people)))
    assert held["people[2]/id"] == str(people[1].id)
    assert "damage" not in held
    told = {**held, "kind": "tent", "rooms": "51"}
    asked = lead.post("/forms/small/fill/", told)
    assert "damage" in fields(asked.content)
    refused = lead.post("/forms/small/fill/", {**told, "save": "1"})
    assert (refused.status_code, refused.content.count(b"field-error")) == (422, 1)
    more = lead.post("/forms/small/fill/", {**told, "add": "people"})
    assert fields(more.content)["people#"] == str(len(people) + 1)
    fewer = lead.post("/forms/small/fill/", {**told, "remove": "people[1]"})
    assert fields(fewer.content)["people[1]/id"] == str(people[1].id)
    assert not _pressed_by_enter(fewer.content).intersection({"add", "remove", "save"})
    for _ in range(2):
        saved = lead.post("/forms/small/fill/", {**told, "rooms": "2", "damage": "1", "save": "1"})
        assert saved.status_code == 302
    row = Submission.unscoped.because("a test looks").get(via="console")
    assert (row.answers["rooms"], row.facts, row.missing) == (2, 2, ("damage.jpg",))
    _photo(lead, saved["Location"])
    assert number in words(lead.get("/forms/small/answers/").content)


def _pressed_by_enter(html: bytes) -> set[str]:
    """Names of the button that Enter in a field presses: the first of the form that sends it."""
    first = re.findall(r"<button [^>]*type=\"submit\"[^>]*>", html.decode().split('id="fill"')[1])[0]
    return {_of("name", first)}


def _photo(lead: Client, page: str) -> None:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    sent: dict[str, Any] = {
        "name": "damage.jpg",
        "file": SimpleUploadedFile("x.jpg", file.getvalue(), "image/jpeg"),
    }
    assert lead.post(f"{page}file/", sent).status_code == 302
    assert b"/files/" in lead.get(page).content


def test_a_held_form_says_why_and_is_found(desk: Desk) -> None:
    receipt = desk.fill(answers={"rooms": 51, "more": "x"})
    lead = browser("village_lead")
    page = words(lead.get(f"/forms/answers/{receipt.id}/").content)
    assert "rooms : This cannot be right." in page
    assert "more : The form has no such question." in page
    assert str(receipt.id) in lead.get("/forms/small/answers/", {"state": "held"}).content.decode()
    assert "Nobody has answered yet" in words(
        lead.get("/forms/small/answers/", {"state": "replaced"}).content
    )


def test_whatever_was_sent_is_shown(desk: Desk) -> None:
    strange = {"damage": ["x"], "kind": "tent", "people": "x", "rooms": {"a": 1}, "number": 5}
    receipt = desk.fill(answers=strange)
    page = browser("village_lead").get(f"/forms/answers/{receipt.id}/")
    assert (page.status_code, receipt.state) == (200, "held")


def test_a_family_beyond_ones_village_is_not_found(desk: Desk) -> None:
    lead, receipt = browser("village_lead"), desk.fill(answers={"rooms": 1})
    assert (
        lead.get("/forms/small/fill/", {"household": str(desk.world.households["beyond"])}).status_code == 404
    )
    assert lead.get("/forms/small/fill/", {"household": "x"}).status_code == 404
    assert browser("outsider").get(f"/forms/answers/{receipt.id}/").status_code == 404
    assert lead.get("/forms/nothing/").status_code == 404

"""The console's pages of tasks and visits, as people use them, and the same through the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from mulian.core.access import version
from mulian.core.access.models import Person
from mulian.kernel.ids import uuid7
from mulian.modules.tasks.actions import answering, visiting
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.models import Task
from tests.modules.tasks.conftest import DAY, Line
from tests.world import AT, COUNTY, GRID, TOWNSHIPS, VILLAGE, VILLAGE2

pytestmark = pytest.mark.django_db(databases="__all__")


def browser(username: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username))
    client.cookies["django_language"] = language
    Person.objects.filter(username=username).update(language=language)
    version.bump()
    return client


def words(html: bytes) -> str:
    """What is read on a page."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html.decode(), flags=re.S)
    return re.sub(r"\s+", " ", text)


def form(**given: Any) -> dict[str, Any]:
    due = (AT + 5 * DAY).date().isoformat()
    return {
        "id": str(uuid7(AT)),
        "title": "统计饲草",
        "area": VILLAGE,
        "role": "liaison",
        "asks": "number",
        "due": due,
    } | given


def test_issue_from_the_form_answer_on_behalf_withdraw(line: Line) -> None:
    lead = browser("village_lead")
    sent = form(urgent="on", text="问清每一户", voice="ab" * 32, voice_seconds="7.5", voice_mime="audio/webm")
    for _ in range(2):
        answer = lead.post("/tasks/new/", sent)
        assert (answer.status_code, answer["Location"]) == (302, f"/tasks/{sent['id']}/")
    task = Task.unscoped.because("test").get()
    assert (task.voice, task.voice_seconds) == ("ab" * 32, 7.5)
    assert (task.due_at.isoformat(), task.urgent, task.aim) == ("2026-11-27T10:00:00+00:00", True, "area")
    page = words(lead.get(f"/tasks/{task.id}/").content)
    assert "Answered 0 / 2 (0%)" in page
    part = line.part(task, "liaison2")
    wrong = lead.post(f"/tasks/parts/{part.id}/answer/", {"done": "yes"})
    assert wrong.status_code == 422
    assert "The task asks for a number." in words(wrong.content)
    assert lead.post(f"/tasks/parts/{part.id}/answer/", {"done": "yes", "number": "12"}).status_code == 302
    page = words(lead.get(f"/tasks/{task.id}/").content)
    assert "Answered 1 / 2 (50%)" in page
    assert "Sum 12" in page
    assert page.index("合成liaison ") < page.index("合成liaison2"), "who has not answered stands first"

    assert lead.post(f"/tasks/{task.id}/withdraw/", {"reason": ""}).status_code == 422
    assert lead.post(f"/tasks/{task.id}/withdraw/", {"reason": "数字错了"}).status_code == 302
    assert "数字错了" in words(lead.get(f"/tasks/{task.id}/").content)
    assert "No task is running" in words(lead.get("/tasks/").content)
    assert "withdrawn" in words(lead.get("/tasks/?shown=withdrawn").content)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "What is to do"),
        ({"due": "2026-11-20"}, "The due time must lie ahead"),
        ({"due": "someday"}, "Due on"),
        ({"area": VILLAGE2}, "Where"),
        ({"households": "204200-9999"}, "One of these households is not yours"),
        ({"role": "township_officer"}, "Nobody there would receive this task."),
    ],
)
def test_what_is_wrong_is_said_at_the_form(line: Line, given: dict[str, str], said: str) -> None:
    answer = browser("village_lead").post("/tasks/new/", form(**given))
    assert (answer.status_code, said in words(answer.content)) == (422, True)
    assert "统计饲草" in answer.content.decode() or given == {"title": ""}
    assert not Task.unscoped.because("test").exists()


def test_households_by_their_numbers_and_people_by_their_names(line: Line) -> None:
    lead, world = browser("village_lead"), line.world
    lead.post("/tasks/new/", form(households="204200-0001，204200-0003"))
    lead.post("/tasks/new/", form(people=[str(world.people["liaison2"])]))
    first, second = Task.unscoped.because("test").order_by("id")
    assert {about for _, about in line.parts(first)} == {"near", "next"}
    assert (second.aim, {who for who, _ in line.parts(second)}) == ("people", {"liaison2"})
    assert "near" in words(lead.get(f"/tasks/{first.id}/").content)


def test_the_county_looks_from_the_whole_down_to_who_has_not_answered(line: Line) -> None:
    task = line.issue("county_duty", area=COUNTY, asks=Asks.YES_NO)
    answering.answer(task=task.id, actor=line.world.actor("liaison"), at=AT, value=True)
    county = browser("county_duty", "zh-hans")
    page = words(county.get(f"/tasks/{task.id}/").content)
    assert "江千乡" in page
    assert "是1，否0" in page
    assert "合成liaison" not in page
    page = words(county.get(f"/tasks/{task.id}/?area={TOWNSHIPS[0]}").content)
    assert "隆吉村" in page
    page = words(county.get(f"/tasks/{task.id}/?area={VILLAGE}").content)
    assert "合成liaison2" in page
    assert "合成liaison3" not in page
    village = words(browser("village_lead2", "zh-hans").get(f"/tasks/{task.id}/?area={VILLAGE}").content)
    assert "合成liaison3" in village
    assert "合成liaison2" not in village


def test_a_village_lead_who_is_asked_answers_in_the_console(line: Line) -> None:
    task = line.issue("township_officer", area=TOWNSHIPS[0], role="village_lead")
    lead = browser("village_lead")
    page = lead.get(f"/tasks/{task.id}/").content.decode()
    assert f"/tasks/{task.id}/answer/" in page
    assert lead.post(f"/tasks/{task.id}/answer/", {"done": "no"}).status_code == 422
    assert lead.post(f"/tasks/{task.id}/answer/", {"done": "no", "text": "路断了"}).status_code == 302
    assert line.part(task, "village_lead").done is False
    assert "1 could not be done" in words(browser("township_officer").get("/tasks/").content)


def test_a_liaison_sees_what_to_do_and_nobody_else_s_answer(line: Line) -> None:
    task = line.issue(asks=Asks.NUMBER)
    answering.answer(task=task.id, actor=line.world.actor("liaison2"), at=AT, value=77)
    client = browser("liaison")
    assert "统计饲草" in words(client.get("/tasks/").content)
    page = words(client.get(f"/tasks/{task.id}/").content)
    assert "77" not in page
    assert "How it stands" not in page


def test_families_by_their_last_visit(line: Line) -> None:
    world = line.world
    visiting.record_visit(
        id=uuid7(AT),
        household=world.households["near"],
        actor=world.actor("liaison"),
        at=AT,
        visited=AT - 3 * DAY,
        needs_case=True,
    )
    lead = browser("village_lead")
    page = words(lead.get("/visits/").content)
    assert "Never visited 3" in page
    assert page.index("合成户主next") < page.index("合成户主near ")
    page = words(lead.get("/visits/?days=30").content)
    assert "合成户主near " not in page
    assert "合成户主near2" in page
    assert "asked for something" in words(lead.get(f"/visits/{world.households['near']}/").content)
    assert "Never visited" in words(lead.get(f"/visits/{world.households['next']}/").content)
    assert lead.get(f"/visits/{world.households['beyond']}/").status_code == 404
    found = words(lead.get(f"/visits/?area={GRID}&days=3000").content)
    assert ("合成户主near2" in found, "合成户主next" in found) == (True, False)


@pytest.mark.parametrize("language", ["bo", "zh-hans", "en"])
def test_the_day_a_task_is_due_stands_in_the_form_in_every_language(line: Line, language: str) -> None:
    page = browser("township_officer", language).get("/tasks/new/").content.decode()
    assert 'value="2026-11-29"' in page


@pytest.mark.parametrize("language", ["bo", "zh-hans"])
def test_pages_speak_the_language(line: Line, language: str) -> None:
    task = line.issue("township_officer", area=TOWNSHIPS[0], asks=Asks.NUMBER)
    client = browser("township_officer", language)
    for url in ("/tasks/", "/tasks/new/", f"/tasks/{task.id}/", f"/tasks/{task.id}/withdraw/", "/visits/"):
        page = client.get(url)
        assert page.status_code == 200
        for english in ("Answered", "Still open", "Issue", "What is", "Withdraw", "visit"):
            assert english not in words(page.content).replace("Mulian", "")


def test_the_api_lists_shows_and_issues(line: Line) -> None:
    world = line.world
    key = {"Authorization": f"Bearer {world.api_token('county_duty')}"}
    body = {
        "title": "饲草", "area": COUNTY, "asks": "number", "due": (AT + DAY).isoformat(), "aim": "households",
        "households": [str(world.households["near"])],
    }  # fmt: skip
    made = Client().post("/api/v1/tasks", body, content_type="application/json", headers=key)
    assert made.status_code == 201, made.content
    task = made.json()
    assert (task["aim"], task["role"], task["standing"]["asked"]) == (Aim.HOUSEHOLDS, "liaison", 1)
    assert task["parts"][0]["household"] == str(world.households["near"])
    listed = Client().get("/api/v1/tasks?limit=1", headers=key).json()
    assert ([one["id"] for one in listed["items"]], listed["next"]) == ([task["id"]], None)
    other = {"Authorization": f"Bearer {world.api_token('village_lead2')}"}
    assert Client().get(f"/api/v1/tasks/{task['id']}", headers=other).status_code == 404
    late = Client().get("/api/v1/tasks?state=late", headers=key).json()
    assert late["items"] == []

"""The listening desk: claim, type, done, next; and hand over."""

from __future__ import annotations

from typing import Any

import pytest

from mulian.core.access.models import Person
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import Case, ListeningItem, Translation
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import SignIn

pytestmark = pytest.mark.django_db(databases="__all__")


def voice(line: Line, mark: str, **said: Any) -> Case:
    return line.report(
        household="near", voice=Voice(sha256=mark * 32, seconds=17.0, mime="audio/webm"), **said
    )


def name_of(line: Line, username: str) -> str:
    return Person.objects.get(id=line.world.people[username]).name


def item(case: Case) -> ListeningItem:
    return ListeningItem.objects.get(case=case)


def test_the_next_voice_is_the_urgent_one_and_mine_until_done(line: Line, sign_in: SignIn) -> None:
    voice(line, "aa")
    urgent = voice(line, "bb", urgent=True)
    client = sign_in("county_duty2", "bo")
    queue = client.get("/listen/").context["queue"]
    assert next(each.case.id for each, _ in queue) == urgent.id
    client.post("/listen/next/")
    page = client.get("/listen/")
    assert page.context["held"].case.id == urgent.id
    assert len(page.context["queue"]) == 1
    other = sign_in("county_duty").post(f"/listen/{item(urgent).id}/claim/")
    assert other.status_code == 409


def test_words_are_typed_once_and_the_next_follows(line: Line, sign_in: SignIn) -> None:
    first, second = voice(line, "aa"), voice(line, "bb")
    client = sign_in("county_duty2")
    client.post("/listen/next/")
    empty = client.post(f"/listen/{item(first).id}/words/", {"transcript": " "})
    assert empty.status_code == 422
    assert "This field is required." in empty.content.decode()
    sent = {"transcript": "ཟམ་པ་ཆད།", "translation": "桥断了", "topic": "road.bridge", "then": "next"}
    client.post(f"/listen/{item(first).id}/words/", sent)
    written = Translation.objects.get(source=item(first).id)
    assert (item(first).state, written.text, written.state) == ("done", "桥断了", "done")
    row = Case.unscoped.because("a test reads what happened").get(id=first.id)
    assert (row.text, row.topic, row.topic_by) == ("ཟམ་པ་ཆད།", "road.bridge", "person")
    assert client.get("/listen/").context["held"].case.id == second.id
    page = sign_in("village_deputy").get(f"/cases/{first.id}/").content.decode()
    assert "ཟམ་པ་ཆད།" in page
    assert "桥断了" in page


@pytest.mark.parametrize("meanwhile", ["claimed", "written"])
def test_words_typed_while_the_voice_went_to_somebody_else_are_kept_and_who_has_it_is_said(
    line: Line, sign_in: SignIn, meanwhile: str
) -> None:
    case, mine, theirs = voice(line, "aa"), sign_in("county_duty2"), sign_in("county_duty")
    id = item(case).id
    mine.post(f"/listen/{id}/claim/")
    mine.post(f"/listen/{id}/release/")
    theirs.post(f"/listen/{id}/claim/")
    if meanwhile == "written":
        theirs.post(f"/listen/{id}/words/", {"transcript": "ལམ་ཆད།"})
    sent = {"transcript": "ཟམ་པ་ཆད།", "translation": "村口的桥断了", "topic": "road.bridge"}
    page = mine.post(f"/listen/{id}/words/", sent)
    shown = page.content.decode()
    assert (page.status_code, page.context["gone"], page.context["held"].item.id) == (409, True, id)
    for kept in ("ཟམ་པ་ཆད།", "村口的桥断了", name_of(line, "county_duty")):
        assert kept in shown
    assert (f"/listen/{id}/correct/" in shown) == (meanwhile == "written")
    assert (f"or tell {name_of(line, 'county_duty')}." in shown) == (meanwhile == "claimed")
    assert ("ལམ་ཆད།" in shown) == (meanwhile == "written")
    if meanwhile == "written":
        mine.post(f"/listen/{id}/correct/", {"transcript": "ཟམ་པ་ཆད།"})
    else:
        theirs.post(f"/listen/{id}/release/")
        assert mine.post(f"/listen/{id}/words/", sent).status_code == 302
    assert (item(case).state, item(case).transcript) == ("done", "ཟམ་པ་ཆད།")


def test_words_come_back_beside_their_own_voice_and_sent_twice_they_are_kept_once(
    line: Line, sign_in: SignIn
) -> None:
    first, second = voice(line, "aa"), voice(line, "bb")
    client = sign_in("county_duty2")
    client.post(f"/listen/{item(second).id}/claim/")
    page = client.post(f"/listen/{item(first).id}/words/", {"transcript": " ", "translation": "桥断了"})
    assert (page.status_code, page.context["held"].case.id) == (422, first.id)
    sent = {"transcript": "ཟམ་པ་ཆད།"}
    twice = [client.post(f"/listen/{item(second).id}/words/", sent) for _ in range(2)]
    assert [each.status_code for each in twice] == [302, 302]


def test_a_voice_can_be_handed_to_the_next_listener(line: Line, sign_in: SignIn) -> None:
    case, client = voice(line, "aa"), sign_in("county_duty2")
    client.post(f"/listen/{item(case).id}/claim/")
    client.post(f"/listen/{item(case).id}/release/")
    assert (item(case).state, item(case).claimed_by_id) == ("waiting", None)
    assert client.get("/listen/").context["held"] is None


def test_an_empty_desk_says_so_and_counts(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty2")
    page = client.get("/listen/")
    assert "No voice waits" in page.content.decode()
    assert "you are on the rota" in page.content.decode()
    assert client.get("/listen/live/").json() == {"number": 0}
    voice(line, "aa")
    assert client.get("/listen/live/").json() == {"number": 1}


def test_the_desk_is_for_listeners(sign_in: SignIn) -> None:
    assert sign_in("village_lead").get("/listen/").status_code == 403
    assert sign_in("township_officer").get("/listen/").status_code == 200

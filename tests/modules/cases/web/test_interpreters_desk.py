"""Pages of interpreters, of the rota, of waits and of the glossary."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.core.access.models import DutyShift, Person
from mulian.kernel.clock import CN
from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import Case, ListeningItem, Translation
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.web.conftest import SignIn
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")
QUEUE, ROTA = "/listen/translations/", "/listen/rota/"
NEXT = (AT.astimezone(CN) + timedelta(days=7)).date().isoformat()


def name_of(line: Line, username: str) -> str:
    return Person.objects.get(id=line.world.people[username]).name


def answered(line: Line, text: str = "桥明天修好。") -> Case:
    Person.objects.filter(id=line.world.people["liaison"]).update(language="bo")
    case = line.report(household="near")
    line.act(steps.take, case, "village_deputy")
    line.act(steps.solve, case, "village_deputy", text="修了")
    line.act(steps.answer, case, "village_deputy", text=text)
    return case


def test_next_write_and_what_is_missing_is_said(line: Line, sign_in: SignIn) -> None:
    case = answered(line)
    client = sign_in("county_duty2")
    assert client.get(QUEUE).context["queue"][0].case.id == case.id
    assert client.get(f"{QUEUE}live/").json() == {"number": 1}
    client.post(f"{QUEUE}next/")
    page = client.get(QUEUE)
    row = page.context["held"].row
    assert ("桥", "ཟམ་པ", "") in page.context["terms"]
    url = f"{QUEUE}{row.id}/"
    refused = client.post(url, {"text": "སང་ཉིན་བཟོ།", "seen": "别的"})
    assert refused.status_code == 422
    assert "སང་ཉིན་བཟོ།" in refused.content.decode()
    assert "The text changed while you translated it." in refused.content.decode()
    sent = client.post(url, {"text": "སང་ཉིན་བཟོ།", "seen": "桥明天修好。", "remember": "on"})
    told = client.get(sent.headers["Location"])
    assert told.context["lacking"].terms == [("桥", "ཟམ་པ")]
    assert Translation.objects.get().segments.count() == 1
    other = sign_in("village_deputy").get(f"/cases/{case.id}/").content.decode()
    assert "སང་ཉིན་བཟོ།" in other
    assert QUEUE not in other


@pytest.mark.parametrize("meanwhile", ["claimed", "written"])
def test_what_was_typed_while_the_text_went_to_somebody_else_is_kept_and_who_has_it_is_said(
    line: Line, sign_in: SignIn, meanwhile: str
) -> None:
    answered(line)
    mine, theirs = sign_in("county_duty2"), sign_in("county_duty")
    url = f"{QUEUE}{Translation.objects.get().id}/"
    mine.post(f"{url}claim/")
    mine.post(f"{url}release/")
    theirs.post(f"{url}claim/")
    sent = {"text": "ཟམ་པ་སང་ཉིན་བཟོ།", "seen": "桥明天修好。", "wording": "0"}
    if meanwhile == "written":
        theirs.post(url, sent | {"text": "ཟམ་པ་བཟོ།"})
    page = mine.post(url, sent)
    shown = page.content.decode()
    assert (page.status_code, page.context["gone"]) == (409, True)
    assert "ཟམ་པ་སང་ཉིན་བཟོ།" in shown
    assert name_of(line, "county_duty") in shown
    assert (f"or tell {name_of(line, 'county_duty')}." in shown) == (meanwhile == "claimed")
    if meanwhile == "claimed":
        theirs.post(f"{url}release/")
    assert mine.post(url, sent | {"wording": page.context["row"].versions}).status_code == 302
    assert Translation.objects.get().text == "ཟམ་པ་སང་ཉིན་བཟོ།"


def test_an_empty_queue_says_so_and_a_text_out_of_reach_does_not_exist(line: Line, sign_in: SignIn) -> None:
    client = sign_in("county_duty2")
    assert "No text waits" in client.get(QUEUE).content.decode()
    assert client.get(f"{QUEUE}?written=rubbish").status_code == 200
    assert client.get(f"{QUEUE}{line.world.people['liaison']}/").status_code == 404


def test_a_transcript_is_put_right_and_the_desk_shows_who_holds_what(line: Line, sign_in: SignIn) -> None:
    voice = Voice(sha256="ab" * 32, seconds=17.0, mime="audio/webm")
    case = line.report(household="near", voice=voice)
    item, client = ListeningItem.objects.get(case=case), sign_in("county_duty2")
    assert client.get(f"/listen/{item.id}/correct/").status_code == 404
    client.post(f"/listen/{item.id}/claim/")
    page = client.get("/listen/")
    assert [each.number for each in page.context["claims"]] == [case.number]
    assert [(each.language, each.waiting) for each in page.context["load"]] == [("bo", 1)]
    client.post(f"/listen/{item.id}/words/", {"transcript": "ཟམ་པ་ཆད།"})
    assert "The translation waits for an interpreter." in client.get(f"/cases/{case.id}/").content.decode()
    assert client.post(f"/listen/{item.id}/correct/", {"transcript": " "}).status_code == 422
    client.post(f"/listen/{item.id}/correct/", {"transcript": "ལམ་ཆད།"})
    assert Case.unscoped.because("a test reads what happened").get(id=case.id).text == "ལམ་ཆད།"


def test_the_rota_is_edited_cell_by_cell(line: Line, sign_in: SignIn) -> None:
    client, people = sign_in("county_duty"), line.world.people
    cell = {"week": NEXT, "language": "bo", "day": NEXT, "watch": "1"}
    assert client.get(ROTA, cell).context["cell"].on == []
    done = client.post(f"{ROTA}edit/", {**cell, "do": "on", "person": str(people["county_duty2"])})
    assert done.headers["Location"] == f"{ROTA}?week={NEXT}&language=bo#cell-{NEXT}-1"
    (on,) = client.get(ROTA, cell).context["cell"].on
    assert on.person == people["county_duty2"]
    again = client.post(f"{ROTA}edit/", {**cell, "do": "on", "person": str(people["county_duty2"])})
    assert again.status_code == 422
    assert "This person listens in these hours already." in again.content.decode()
    client.post(f"{ROTA}edit/", {**cell, "do": "off", "shift": str(on.shift)})
    assert not DutyShift.objects.filter(id=on.shift).exists()


@pytest.mark.parametrize(
    "query",
    [
        "?week=rubbish",
        "?day=rubbish&watch=0",
        "?day=2026-11-23&watch=x",
        "?day=2026-11-23&watch=99",
        "?language=fr",
    ],
)
def test_rubbish_in_the_address_of_the_rota_is_answered(sign_in: SignIn, query: str) -> None:
    assert sign_in("county_duty").get(ROTA + query).status_code in (200, 404, 422)


def test_a_reader_of_the_rota_sees_gaps_and_no_forms(line: Line, sign_in: SignIn) -> None:
    page = sign_in("leader").get(ROTA, {"day": NEXT, "watch": "1"})
    assert (page.context["cell"], page.context["may_edit"]) == (None, False)
    assert [each.language for each in page.context["gaps"]] == ["bo", "zh-hans"]


def test_waits_are_shown_to_leaders_without_a_name(line: Line, sign_in: SignIn) -> None:
    voice = Voice(sha256="ab" * 32, seconds=17.0, mime="audio/webm")
    case = line.report(household="near", voice=voice, at=later(minutes=-30))
    client = sign_in("county_duty2")
    client.post(f"/listen/{ListeningItem.objects.get(case=case).id}/words/", {"transcript": "ཟམ་པ་ཆད།"})
    page = sign_in("leader").get("/listen/times/")
    assert "30 min" in page.content.decode()
    assert "合成county_duty2" not in page.content.decode()


def test_the_glossary_is_sought_and_kept(line: Line, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    assert [each.code for each in client.get("/glossary/?q=桥梁").context["terms"]] == ["bridge_damaged"]
    wrong = client.post("/glossary/keep/", {"zh": "服务站", "bo": "station"})
    assert wrong.status_code == 422
    assert "服务站" in wrong.content.decode()
    client.post("/glossary/keep/", {"zh": "服务站", "bo": "ཞབས་ཞུ་ཚིགས"})
    assert len(client.get("/glossary/?q=服务站").context["terms"]) == 1

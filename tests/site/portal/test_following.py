"""Following by code: one report, in plain words, and never anybody's name."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from mulian.core.access.models import Person
from mulian.core.files.queries import attached
from mulian.core.files.taking import take
from mulian.kernel.actor import PUBLIC
from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain.following_code import LENGTH, check, clean, code_of, shown
from mulian.modules.cases.models import FollowingCode
from tests.core.files.samples import voice
from tests.site.portal.conftest import BRIDGE, Visitor, cases
from tests.world import VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
digits = st.integers(0, LENGTH - 1)


@given(st.uuids(), digits, st.integers(1, 9))
def test_a_wrong_digit_and_two_swapped_are_always_seen(report, at: int, more: int) -> None:
    code = code_of(report, key=b"k")
    assert check(clean(shown(code)))
    wrong = f"{code[:at]}{(int(code[at]) + more) % 10}{code[at + 1 :]}"
    assert not check(wrong)
    if at < LENGTH - 1 and code[at] != code[at + 1]:
        assert not check(f"{code[:at]}{code[at + 1]}{code[at]}{code[at + 2 :]}")


def test_codes_differ_by_report_and_by_server_and_only_a_hash_is_stored(visitor: Visitor) -> None:
    report = uuid4()
    assert code_of(report, key=b"a") != code_of(report, key=b"b") != code_of(uuid4(), key=b"b")
    visitor.send(text=BRIDGE)
    [row] = FollowingCode.objects.all()
    assert visitor.code() not in row.digest


@pytest.fixture
def solved(visitor: Visitor, world: World) -> str:
    """A report that was taken, solved and answered; its code."""
    visitor.send(text=BRIDGE, area=VILLAGE, reach="139-0000-0000")
    code, [case], lead = visitor.code(), cases(), world.actor("village_lead")
    visitor.at += timedelta(hours=1)
    steps.take(case=case.id, actor=lead, at=visitor.at)
    steps.solve(case=case.id, actor=lead, at=visitor.at, text="换了桥板")
    steps.answer(case=case.id, actor=lead, at=visitor.at, text="桥修好了")
    return code


def test_the_code_shows_state_and_answer_and_nobodys_name(solved: str, world: World) -> None:
    other = Visitor(language="zh-hans", at=world.at + timedelta(hours=2))
    assert other.post("/public/follow/", {"code": shown(solved)}).status_code == 302
    page = other.get("/public/follow/").content.decode()
    assert "桥修好了" in page
    names = Person.objects.exclude(id=PUBLIC).values_list("name", "username", "phone")
    found = {part for row in names for part in row if part and part in page}
    assert found == set()
    assert "139-0000-0000" not in page


def test_the_code_opens_the_answers_voice_and_no_other_sound(visitor: Visitor, world: World) -> None:
    said, spoken = BytesIO(voice("audio/webm", 2.0)), voice("audio/webm", 3.0)
    said.name = "voice.webm"
    visitor.send(voice=said, voice_seconds="2.0", area=VILLAGE)
    [case], lead = cases(), world.actor("village_lead")
    [report] = attached(subject_kind="case", subject_id=case.id)
    answer = take(sent=SimpleUploadedFile("a.webm", spoken), mime="audio/webm", actor=lead, at=visitor.at)
    steps.take(case=case.id, actor=lead, at=visitor.at)
    steps.solve(case=case.id, actor=lead, at=visitor.at, text="修好了")
    steps.answer(case=case.id, actor=lead, at=visitor.at, voice=Voice(sha256=answer, seconds=3.0))
    [shown_voice] = visitor.get("/public/follow/").context["found"].voices
    opened = visitor.get(f"/public/follow/voice/{shown_voice.sha256}")
    assert (opened.status_code, opened.headers["Content-Type"]) == (200, "audio/webm")
    assert opened.headers["Cache-Control"] == "private, no-cache"
    assert visitor.get(f"/public/follow/voice/{report.sha256}").status_code == 404
    assert Visitor(at=visitor.at).get(f"/public/follow/voice/{shown_voice.sha256}").status_code == 404


def test_not_solved_opens_it_again_and_solved_closes_it(solved: str, visitor: Visitor) -> None:
    slip = visitor.get("/public/follow/").context["rating"]["slip"].value()
    visitor.post("/public/follow/rate/", {"slip": slip, "solved": "no", "text": "还是断的"})
    assert (cases()[0].state, cases()[0].family_solved) == ("taken", False)


def test_content_closes_the_answered_case_with_its_stars(solved: str, visitor: Visitor) -> None:
    slip = visitor.get("/public/follow/").context["rating"]["slip"].value()
    visitor.post("/public/follow/rate/", {"slip": slip, "solved": "yes", "stars": "4"})
    assert (cases()[0].state, cases()[0].family_solved, cases()[0].stars) == ("closed", True, 4)


def test_more_is_added_to_the_same_case(visitor: Visitor) -> None:
    visitor.send(text=BRIDGE)
    slip = visitor.get("/public/follow/").context["more"]["slip"].value()
    visitor.post("/public/follow/add/", {"slip": slip, "text": "水也涨了"})
    assert [case.text for case in cases()] == [f"{BRIDGE}\n水也涨了"]


def test_what_is_not_right_comes_back_with_what_was_typed(solved: str, visitor: Visitor) -> None:
    slip = visitor.get("/public/follow/").context["rating"]["slip"].value()
    answer = visitor.post("/public/follow/rate/", {"slip": slip, "text": "还没好", "stars": "9"})
    assert answer.status_code == 422
    assert "还没好" in answer.content.decode()
    starred = visitor.post("/public/follow/rate/", {"slip": slip, "stars": "2"})
    assert '<option value="2" selected>' in starred.content.decode()
    empty = visitor.post("/public/follow/add/", {"slip": slip, "text": " "})
    assert (empty.status_code, "The report is empty." in empty.content.decode()) == (422, True)


def test_without_a_code_nothing_is_shown_added_or_rated(visitor: Visitor) -> None:
    visitor.send(text=BRIDGE)
    stranger = Visitor(at=visitor.at)
    assert "code" in stranger.get("/public/follow/").context["form"].fields
    for path in ("/public/follow/add/", "/public/follow/rate/"):
        assert stranger.post(path, {"slip": "x", "text": "y", "solved": "yes"}).status_code == 403
    assert cases()[0].text == BRIDGE


def test_a_browser_that_closed_the_report_and_an_hour_later_shows_nothing(visitor: Visitor) -> None:
    visitor.send(text=BRIDGE)
    visitor.at += timedelta(minutes=61)
    assert "code" in visitor.get("/public/follow/").context["form"].fields
    again = Visitor()
    again.send(text=BRIDGE)
    again.post("/public/follow/leave/", {})
    assert "code" in again.get("/public/follow/").context["form"].fields


def test_guessing_is_slowed_for_one_address_and_right_codes_cost_nothing(visitor: Visitor) -> None:
    visitor.send(text=BRIDGE)
    code = visitor.code()
    for _ in range(30):
        assert visitor.post("/public/follow/", {"code": code}).status_code == 302
    wrong = [visitor.post("/public/follow/", {"code": f"{n:015d}0"}).status_code for n in range(12)]
    assert wrong == [422] * 10 + [429] * 2
    assert visitor.post("/public/follow/", {"code": code}).status_code == 429
    visitor.at += timedelta(minutes=2)
    assert visitor.post("/public/follow/", {"code": code}).status_code == 302


def test_a_staff_member_who_knows_the_id_cannot_make_its_form(visitor: Visitor) -> None:
    visitor.send(text=BRIDGE)
    from django.core import signing

    forged = signing.dumps(
        [str(cases()[0].id), visitor.at.timestamp()], salt="mulian.public.form", key="guessed"
    )
    answer = Visitor(at=visitor.at).post("/public/report/", {"slip": forged, "text": "x"})
    assert answer.status_code == 403

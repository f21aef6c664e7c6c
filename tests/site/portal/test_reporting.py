"""A report from the public page: once, by the ordinary way, followed by a code; nobody's name anywhere."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.kernel import clock
from mulian.kernel.actor import PUBLIC
from mulian.modules.cases.actions import steps
from mulian.modules.cases.models import FollowingCode
from tests.core.files.samples import voice
from tests.site.portal.conftest import BRIDGE, Visitor, cases
from tests.world import VILLAGE, VILLAGE2, World

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_report_reaches_the_village_and_the_centre_like_any_other(visitor: Visitor, world: World) -> None:
    answer = visitor.send(text=BRIDGE, area=VILLAGE, reach="139-0000-0000")
    assert answer.headers["Location"] == "/public/sent/"
    [case] = cases()
    assert (case.door, case.reporter_id, case.on_behalf_of, case.area_id) == (
        "public", PUBLIC, "139-0000-0000", VILLAGE,
    )  # fmt: skip
    assert case.responsible_unit is not None
    assert case.responsible_unit.code == f"village:{VILLAGE}"


def test_the_form_sent_twice_makes_one_case_and_keeps_what_was_added(visitor: Visitor) -> None:
    filled = {**visitor.blank(), "text": BRIDGE, "area": VILLAGE}
    visitor.at += timedelta(seconds=20)
    first, second = visitor.post("/public/report/", filled), visitor.post("/public/report/", filled)
    third = visitor.post("/public/report/", {**filled, "text": "桥下有人"})
    assert {each.headers["Location"] for each in (first, second, third)} == {"/public/sent/"}
    [case] = cases()
    assert case.text == f"{BRIDGE}\n桥下有人"
    assert FollowingCode.objects.count() == 1


def test_an_empty_report_comes_back_with_what_is_missing(visitor: Visitor) -> None:
    answer = visitor.send(text=" ")
    assert answer.status_code == 422
    assert "The report is empty." in answer.content.decode()
    assert cases() == []


def test_a_voice_from_the_form_is_kept_and_waits_for_a_listener(visitor: Visitor) -> None:
    sound = BytesIO(voice("audio/webm", 3.0))
    sound.name = "voice.webm"
    visitor.language = "bo"
    visitor.send(voice=sound, voice_seconds="3.0")
    [case] = cases()
    assert (case.text, case.language) == ("", "bo")
    [item] = case.listening.all()
    assert item.language == "bo"


def test_a_file_that_is_no_sound_is_refused_in_the_form_and_nothing_is_made(visitor: Visitor) -> None:
    sound = BytesIO(b"<html>not a voice</html>")
    sound.name = "voice.webm"
    assert visitor.send(text=BRIDGE, voice=sound).status_code in (415, 422)
    assert cases() == []


def test_more_than_a_form_may_hold_is_refused_before_it_is_read(visitor: Visitor) -> None:
    answer = visitor.client.post("/public/report/", {"text": "x"}, CONTENT_LENGTH="99999999")
    assert answer.status_code == 413
    assert "12345" in answer.content.decode()


def test_a_slip_nobody_signed_makes_no_case(visitor: Visitor) -> None:
    answer = visitor.post("/public/report/", {"slip": "made-up", "text": BRIDGE})
    assert answer.status_code == 403
    assert cases() == []


def test_a_danger_alarms_at_once_and_says_that_nobody_confirmed_it(visitor: Visitor, world: World) -> None:
    visitor.send(hazard="fire", area=VILLAGE2)
    [case] = cases()
    assert (case.urgent, case.hazard, case.unconfirmed) == (True, "fire", True)
    officer = Client(headers={"Accept": "text/html"})
    officer.force_login(Person.objects.get(username="county_duty"))
    with clock.use(clock.FixedClock(visitor.at)):
        boards = [officer.get(page).content.decode() for page in ("/duty/", "/inbox/", f"/cases/{case.id}/")]
        assert all("未核实" in board for board in boards)
        steps.take(case=case.id, actor=world.actor("county_duty"), at=visitor.at)
        assert "未核实" not in officer.get(f"/cases/{case.id}/").content.decode()

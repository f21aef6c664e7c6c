"""One spoken report, from the press on a phone to the family's word: the phone, the desks, the village lead.

A real server, a real browser, a made-up microphone. Nothing is faked between the press and the answer.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Screens, as_staff, eventually, screens
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIAISON, LEAD, DUTY, LISTENER = "liaison1", "village_lead", "county_duty", "county_duty2"
HOLD_MS = 1300
"""The urgent button is held for a second, so that no pocket presses it."""
SPOKEN, TRANSLATED = "ཟམ་པ་ཆད་སོང་། མི་ཞིག་རྨས་འདུག", "桥断了，有人受伤"
DONE, ANSWER = "伤员已送县医院，便桥已经搭好", "桥今天已经能走，请放心"


def enrol(opened: Screens) -> Page:
    """The administrator shows a code once; the phone's owner types its six digits."""
    office = opened.desk("administrator")
    office.goto(f"/people/?q={LIAISON}")
    office.locator("tbody tr", has_text=LIAISON).locator("th a").click()
    office.get_by_role("button", name="Enrol a phone").click()
    digits = office.locator(".digits").inner_text().replace(" ", "")
    phone = opened.phone()
    phone.fill("input.code", digits)
    phone.locator("form button[type=submit]").click()
    expect(phone.locator("footer.dock button.mic")).to_be_visible()
    return phone


def speak_urgently(phone: Page) -> None:
    """Hold "urgent"; the recording runs at once; stop; save."""
    phone.locator("footer.dock [data-hold]").click(delay=HOLD_MS)
    stop = phone.locator("footer.dock button.mic.live")
    expect(stop).to_be_visible()
    phone.wait_for_timeout(2500)  # the length of what is said
    stop.click()
    phone.locator("footer.dock .button.primary").click()
    expect(phone.locator(".saved")).to_be_visible()


def arrived(server: Server, before: set[str]) -> dict[str, Any]:
    """The new case, once its sound is there too."""

    def look() -> dict[str, Any] | None:
        listed = as_staff(server, DUTY, "/cases?limit=20")["items"]
        new = [case for case in listed if case["id"] not in before and case["urgent"] and not case["text"]]
        found = as_staff(server, DUTY, f"/cases/{new[0]['id']}") if new else None
        whole = found and [part["state"] for part in found["media"]] == ["ready"]
        return found if whole else None

    case: dict[str, Any] = eventually(look, "the report and its sound reach the county")
    return case


def rings(board: Page, case: str) -> None:
    """The alarm is on the wall and sounding, without anybody touching the page."""
    expect(board.locator(f'[data-alarm][data-case="{case}"]')).to_be_visible()
    expect(board.locator("html")).to_have_attribute("data-ringing", "")


def write_down(desk: Page, number: str) -> None:
    """The listener takes the voice, hears it with one key, types it once."""
    desk.goto("/listen/")
    desk.get_by_role("button", name=f"Listen: {number}").click()
    held = desk.locator("#held")
    expect(held).to_contain_text(number)
    audio = held.locator("audio")
    desk.locator("h1").click()
    desk.keyboard.press("p")
    eventually(lambda: audio.evaluate("sound => sound.currentTime > 0"), "the voice plays")
    desk.fill("#id_transcript", SPOKEN)
    desk.fill("#id_translation", TRANSLATED)
    desk.get_by_role("button", name="Done", exact=True).click()
    expect(desk.locator("#held")).to_have_count(0)


def take_solve_answer(lead: Page, number: str) -> None:
    lead.goto(f"/inbox/?q={number}")
    lead.get_by_role("link", name=number).click()
    expect(lead.locator("#case")).to_contain_text(TRANSLATED)
    lead.locator("#step-take button").click()
    lead.fill("#step-solve textarea", DONE)
    lead.locator("#step-solve button[type=submit]").click()
    lead.fill("#step-answer textarea", ANSWER)
    lead.locator("#step-answer button[type=submit]").click()
    expect(lead.locator(".case-head")).to_contain_text("answered")


def hear_and_rate(phone: Page, case: str) -> None:
    """The liaison opens the app again, reads the answer to the family, and presses what they say."""
    phone.goto("/field/")
    expect(phone.locator("footer.dock button.mic")).to_be_visible()
    phone.evaluate("id => { location.hash = `#/case/${id}` }", case)
    expect(phone.locator(".page > .marks.answered")).to_be_visible()
    expect(phone.locator(".answer")).to_contain_text(ANSWER)
    phone.locator(".rating .tile.good").click()
    phone.locator(".rating button.star").nth(4).click()
    phone.locator(".rating .button.primary").click()
    expect(phone.locator(".rating[role=status]")).to_be_visible()


def test_one_report_from_the_press_to_the_familys_word(
    shared: Server, chromium_options: dict[str, Any]
) -> None:
    before = {case["id"] for case in as_staff(shared, DUTY, "/cases?limit=200")["items"]}
    with screens(shared, chromium_options) as opened:
        board = opened.desk(DUTY)
        board.goto("/duty/")
        board.locator("h1").click()  # browsers let a page sound only after a press
        phone = enrol(opened)
        speak_urgently(phone)
        case = arrived(shared, before)
        rings(board, case["id"])

        write_down(opened.desk(LISTENER), case["number"])
        lead = opened.desk(LEAD)
        take_solve_answer(lead, case["number"])
        expect(board.locator(f'[data-case="{case["id"]}"]')).to_have_count(0)

        hear_and_rate(phone, case["id"])
        closed = eventually(
            lambda: (now := as_staff(shared, DUTY, f"/cases/{case['id']}"))["state"] == "closed" and now,
            "the family's word closes the case",
        )
        lead.reload()
        expect(lead.locator("#next")).to_contain_text("The family is content.")
        expect(lead.get_by_role("img", name="5 of 5 stars")).to_be_visible()
    events = [each["event"] for each in closed["timeline"]]
    assert [name for name in events if name in STORY] == STORY


STORY = [
    "cases.reported",
    "cases.voice_claimed",
    "cases.voice_transcribed",
    "cases.taken",
    "cases.solved",
    "cases.reported_up",
    "cases.answered",
    "cases.feedback_given",
    "cases.closed",
]

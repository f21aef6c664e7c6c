"""The case pages in a real browser, in Tibetan: all fits, fingers and keys reach everything, voices are sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from PIL import Image
from playwright.sync_api import Page, Route, expect, sync_playwright

from mulian.core.access import actors, devices
from mulian.core.access.models import Person
from mulian.kernel import clock
from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import extending, pausing, steps, supervising, urging
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import Case
from tests.journeys.browsing import caught
from tests.modules.cases.conftest import Line
from tests.world import AT, PASSWORD, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
VOICE = Voice(sha256="ab" * 32, seconds=17.0, mime="audio/webm")
ADDRESSES = ("/inbox/", "/inbox/?state=closed", "/duty/", "/duty/refused/", "/listen/", "/cases/new/")
OVERFLOW = """[document.documentElement, ...document.querySelectorAll('.table-wrap')]
    .map(e => e.scrollWidth - e.clientWidth).filter(more => more > 0)"""
LOW_TARGETS = """[...document.querySelectorAll('main :is(button, a.button, summary, select, .choose)')]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80))"""
LATIN = """[...document.querySelectorAll('main :is(h1, h2, button, label, summary, .chip, thead th)')]
    .filter(e => e.offsetParent && /[A-Za-z]{3}/.test(e.innerText)).map(e => e.innerText)"""
CHANGED = """document.getElementById('duty-live')
    .dispatchEvent(new CustomEvent('live:changed', {bubbles: true, detail: {number: 1}}))"""


@pytest.fixture
def made(live_server: Any, whole_log: None) -> Iterator[dict[str, Case]]:
    """The cast, who read Tibetan here, and cases by name. Made before the browser starts: Playwright's thread
    may not ask the database.
    """
    actors._cache.clear()
    devices._cache.clear()
    with clock.use(clock.FixedClock(AT)):
        with transaction.atomic():
            line = Line(build(AT))
            Person.objects.update(language="bo")
            cases = {
                "urgent": line.report(household="near", urgent=True),
                "tibetan": line.report(household="near", text="ཟམ་པ་ཆད་འདུག ང་ཚོ་ཆུ་བརྒལ་མི་ཐུབ།"),
                "voice": line.report(household="near", voice=VOICE),
                "taken": line.report(household="near"),
                "solved": line.report(household="near"),
            }
            for name in ("taken", "solved"):
                line.act(steps.take, cases[name], "village_lead")
            line.act(steps.solve, cases["solved"], "village_lead", text="换了桥板")
        yield cases


@pytest.fixture
def asked(made: dict[str, Case]) -> Case:
    """A case that asks for everything at once: more time, a longer wait, a reply to a leader."""
    case = made["taken"]
    for act, who, said in (
        (extending.ask, "village_lead", {"days": 5, "reason": "等构件"}),
        (pausing.wait, "village_lead", {"code": "season", "until": AT + timedelta(days=10)}),
        (supervising.demand, "leader", {"text": "三天内说明进展"}),
        (urging.urge, "county_duty", {}),
    ):
        act(case=case.id, actor=actor_named(who), at=AT, **said)  # type: ignore[operator]
    return case


def actor_named(username: str) -> Actor:
    found = actors.actor_of(Person.objects.get(username=username).id, AT)
    assert found is not None
    return found


@pytest.fixture
def page(made: dict[str, Case], live_server: Any, chromium_options: dict[str, Any]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, base_url=live_server.url, permissions=["microphone"]
        )
        yield context.new_page()
        browser.close()


def sign_in(page: Page, username: str) -> None:
    page.goto("/account/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def test_pages_fit_their_screens_and_speak_one_language(page: Page, made: dict[str, Case]) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, "county_duty")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for address in (*ADDRESSES, f"/cases/{made['urgent'].id}/"):
            page.goto(address)
            for closed in page.locator("main details.others").all():
                closed.locator("> summary").click()
            assert page.evaluate(OVERFLOW) == [], (width, address)
            assert page.evaluate(LOW_TARGETS) == [], (width, address)
            assert [words for words in page.evaluate(LATIN) if "GD" not in words] == [], (width, address)
    assert complaints == []


def test_pages_of_waits_and_supervision_fit_and_are_reached_by_keys(
    asked: Case, page: Page, made: dict[str, Case]
) -> None:
    pages = {
        "township_officer": (f"/cases/{asked.id}/", "/inbox/"),
        "leader": ("/supervised/", f"/cases/{asked.id}/"),
        "administrator": ("/policy/",),
    }
    for who, addresses in pages.items():
        page.context.clear_cookies()
        sign_in(page, who)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            for address in addresses:
                page.goto(address)
                for closed in page.locator("main details.others").all():
                    closed.locator("> summary").click()
                assert page.evaluate(OVERFLOW) == [], (who, width, address)
                assert page.evaluate(LOW_TARGETS) == [], (who, width, address)
                assert [w for w in page.evaluate(LATIN) if "GD" not in w] == [], (who, width, address)


def test_more_time_is_granted_by_keyboard(asked: Case, page: Page) -> None:
    sign_in(page, "township_officer")
    page.goto(f"/cases/{asked.id}/")
    form = page.locator("#step-decide-extension")
    form.locator("input[value=yes]").focus()
    page.keyboard.press("Space")
    form.locator("button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()


def test_an_answer_is_spoken_in_the_page(page: Page, made: dict[str, Case]) -> None:
    sign_in(page, "village_lead")
    page.goto(f"/cases/{made['solved'].id}/")
    form = page.locator("#step-answer")
    form.locator("[data-record]").click()
    expect(form.locator(".recorder.busy [data-time]")).to_have_text(re.compile("0:0[1-9]"))
    form.locator("[data-record]").click()
    expect(form.locator("[data-heard]")).to_be_visible()
    expect(form.locator("button[type=submit]")).to_be_enabled()
    form.locator("button[type=submit]").click()
    expect(page.locator("#rate")).to_be_visible()
    sound = page.locator(".audio audio")
    assert sound.evaluate("s => fetch(s.src).then(a => a.headers.get('Content-Type'))") == "audio/webm"


def test_after_a_step_the_heading_has_the_focus(page: Page, made: dict[str, Case]) -> None:
    sign_in(page, "village_lead")
    page.goto(f"/cases/{made['tibetan'].id}/")
    page.locator("#step-take button").click()
    expect(page.locator("#step-solve")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("[data-announcer]")).to_contain_text(made["tibetan"].number)


def test_a_photo_is_made_smaller_and_sent(page: Page, made: dict[str, Case], tmp_path: Path) -> None:
    Image.new("RGB", (4000, 3000), "#888").save(tmp_path / "photo.jpg")
    sign_in(page, "village_lead")
    page.goto(f"/cases/{made['taken'].id}/")
    page.set_input_files("#step-solve [data-choose]", tmp_path / "photo.jpg")
    expect(page.locator("#step-solve .thumb")).to_have_count(1)
    page.locator("#step-solve button[type=submit]").click()
    expect(page.locator("#step-answer")).to_be_visible()
    shown = page.locator(".photos img")
    assert shown.evaluate("p => p.decode().then(() => [p.naturalWidth, p.naturalHeight])") == [2048, 1536]


def test_a_form_waits_for_the_last_of_its_photos_and_recordings(
    page: Page, made: dict[str, Case], tmp_path: Path
) -> None:
    held: list[Route] = []
    Image.new("RGB", (40, 30), "#888").save(tmp_path / "photo.jpg")
    sign_in(page, "village_lead")
    page.goto(f"/cases/{made['taken'].id}/")
    form = page.locator("#step-solve")
    page.route("**/files", lambda route: held.append(route))
    with page.expect_request("**/files"):
        form.locator("[data-choose]").set_input_files(tmp_path / "photo.jpg")
    form.locator("[data-record]").click()
    expect(form.locator(".recorder.busy [data-time]")).to_have_text(re.compile("0:0[1-9]"))
    with page.expect_request("**/files"):
        form.locator("[data-record]").click()
    photo, voice = caught(page, held, 2)
    photo.continue_()
    expect(form.locator(".thumb")).to_have_count(1)
    expect(form.locator("button[type=submit]")).to_be_disabled()
    voice.continue_()
    expect(form.locator("button[type=submit]")).to_be_enabled()
    expect(form.locator("[name=voice]")).not_to_have_value("")


def test_what_did_not_come_is_asked_for_again(page: Page, made: dict[str, Case]) -> None:
    """The line breaks while a step is opened: it closes, and opens whole the next time."""
    sign_in(page, "village_lead")
    page.goto(f"/cases/{made['taken'].id}/")
    page.locator("main details.others > summary").first.click()
    step = page.locator("details.others details[hx-get]").first
    page.route(f"**{step.get_attribute('hx-get')}", lambda route: route.abort(), times=1)
    step.locator("summary").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(step).not_to_have_attribute("open", "")
    step.locator("summary").click()
    expect(step.locator("[data-slot] form")).to_be_visible()


def test_the_board_refreshes_itself_and_takes_nothing_from_under_the_hand(page: Page) -> None:
    sign_in(page, "county_duty")
    page.goto("/duty/")
    take = page.locator("#board form button").first
    take.focus()
    page.evaluate("document.getElementById('board').dataset.before = 'yes'")
    page.evaluate(CHANGED)
    expect(page.locator("#board[data-before]")).to_have_count(0)
    expect(take).to_be_focused()
    take.hover()
    page.mouse.down()
    page.evaluate(CHANGED)
    expect(page.locator("#board[data-late]")).to_have_count(1)
    page.mouse.up()
    expect(page.locator("#board [data-alarm]")).to_have_count(0)


def test_the_keys_of_the_listening_desk(page: Page) -> None:
    sign_in(page, "county_duty")
    page.goto("/listen/")
    page.keyboard.press("n")
    expect(page.locator("#held textarea").first).to_be_focused()
    assert page.locator("#held .typing").first.get_attribute("lang") == "bo"
    page.keyboard.type("n")
    expect(page.locator("#held textarea").first).to_have_value("n")


def test_a_topic_is_found_by_typing(page: Page, made: dict[str, Case]) -> None:
    sign_in(page, "village_lead")
    page.goto(f"/cases/{made['voice'].id}/")
    page.locator(".topic-form summary").click()
    page.fill("#topic-words", "ཟམ་པ")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("ཟམ་པ")

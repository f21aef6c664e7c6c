"""The public page on a small phone, in Tibetan: spoken, sent, followed by its number; kept when the line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from playwright.sync_api import Page, expect, sync_playwright

from mulian.kernel import clock
from mulian.modules.cases.models import Case
from mulian.modules.cases.web.views import door
from tests.journeys.looking import faults, kept_words
from tests.world import AT, VILLAGE, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
PAGES = (
    "/public/",
    "/public/report/",
    "/public/complaint/",
    "/public/follow/",
    "/public/steward/",
    "/public/figures/",
)
TARGETS = "button, a.button, .ways a, summary, select, input:not([type=hidden], [type=checkbox]), .hotline a"
LOW_TARGETS = f"""[...document.querySelectorAll(':is({TARGETS})')]
    .filter(e => e.offsetParent && !e.closest('.trap, .languages') && e.getBoundingClientRect().height < 47.5)
    .map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def page(
    live_server: Any, whole_log: None, chromium_options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    monkeypatch.setattr(door, "FASTEST", timedelta(0))
    with clock.use(clock.FixedClock(AT)), transaction.atomic():
        build(AT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, base_url=live_server.url, locale="bo",
            permissions=["microphone", "geolocation"], geolocation={"latitude": 33.97, "longitude": 99.9},
        )  # fmt: skip
        yield context.new_page()
        browser.close()


def looks_whole(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    return [*faults(page, kept_words()), *page.evaluate(LOW_TARGETS)]


def test_every_page_fits_a_small_phone_in_tibetan(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in (*PAGES, f"/public/steward/?village={VILLAGE}"):
        page.goto(address)
        assert looks_whole(page) == [], address
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/public/report/")
    assert looks_whole(page) == []
    assert complaints == []


def test_spoken_sent_and_followed_by_its_number(page: Page) -> None:
    page.goto("/public/")
    page.locator(".ways .first").click()
    page.locator("[data-record]").click()
    expect(page.locator("[data-time]")).to_have_text(re.compile("0:0[1-9]"))
    page.locator("[data-record]").click()
    expect(page.locator("[data-heard]")).to_be_visible()
    page.locator("[data-spot] button").click()
    expect(page.locator("[name=lat]")).to_have_value("33.97")
    page.locator("form[data-door] [type=submit]").click()
    expect(page.locator("[data-code]")).to_be_visible(timeout=20_000)
    assert looks_whole(page) == []
    code = page.locator("[data-code]").inner_text()
    page.context.clear_cookies(name="opened")
    page.goto("/public/")
    page.goto(f"/public/follow/#{code.replace(' ', '')}")
    expect(page.locator(".way-steps li")).to_have_count(1)
    assert looks_whole(page) == []
    [case] = _cases(page)
    assert (case.door, case.language, case.lat) == ("public", "bo", 33.97)


def test_whoever_sends_while_speaking_is_done_speaking(page: Page) -> None:
    page.goto("/public/report/")
    page.locator("[data-record]").click()
    expect(page.locator("[data-time]")).to_have_text(re.compile("0:0[1-9]"))
    page.locator("form[data-door] [type=submit]").click()
    expect(page.locator("[data-code]")).to_be_visible()
    [case] = _cases(page)
    assert case.text == ""


def test_a_broken_line_loses_nothing_and_it_goes_when_the_line_is_back(page: Page) -> None:
    page.goto("/public/report/")
    page.fill("#id_text", "ཟམ་པ་ཆད་འདུག")
    page.context.set_offline(True)
    page.locator("form[data-door] [type=submit]").click()
    expect(page.locator("[data-sending-state]")).to_contain_text("སྐུར་མ་ཐུབ")
    expect(page.locator("#id_text")).to_have_value("ཟམ་པ་ཆད་འདུག")
    page.context.set_offline(False)
    expect(page.locator("[data-code]")).to_be_visible(timeout=20_000)
    assert len(_cases(page)) == 1


def test_words_stay_on_the_phone_only_when_asked(page: Page) -> None:
    page.goto("/public/report/")
    page.fill("#id_text", "ཟམ་པ")
    assert page.evaluate("localStorage.length") == 0
    page.locator("[data-keep]").click()
    page.reload()
    expect(page.locator("#id_text")).to_have_value("ཟམ་པ")


def _cases(page: Page) -> list[Case]:
    """Playwright's thread may not ask the database; another one does."""

    def read() -> list[Case]:
        try:
            return list(Case.unscoped.because("a test reads what happened").all())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(read).result()

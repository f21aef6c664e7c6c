"""The console in a real browser: nothing violates the policy, nothing overflows, keyboard and offline work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, Route, expect, sync_playwright

from mulian.core.access import actors, devices
from mulian.kernel import clock
from tests.journeys.browsing import caught, eventually
from tests.world import AT, PASSWORD, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESSES = ("/people/", "/people/new/", "/people/rota/", "/people/phones/", "/areas/632623204/", "/settings/",
             "/about/", "/notices/", "/account/second/", "/account/password/")  # fmt: skip
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOW_TARGETS = """[...document.querySelectorAll('button, a.button, .nav a, .bar a, summary, select')]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80))"""
LINES = """[...document.querySelectorAll('main *')].filter(e => e.matches(':lang(bo)') && e.textContent.trim())
    .map(e => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize))"""

KEPT = """async () => {
  const kept = await caches.match('/offline/')
  const words = kept ? await kept.text() : ''
  return Boolean(navigator.serviceWorker.controller) && words.includes('lang="bo"')
}"""
ASKS_ANEW = """() => {
  const form = document.createElement('form')
  form.innerHTML = '<div id="questions"><input id="one"><input id="two"></div>'
  for (const [name, value] of Object.entries({ post: '/anew/', trigger: 'change', target: '#questions',
    select: '#questions', swap: 'outerHTML' })) form.setAttribute(`hx-${name}`, value)
  document.querySelector('main').append(form)
  htmx.process(form)
}"""
"""A form whose questions follow the answers, as forms of a pack do."""


@pytest.fixture
def page(live_server: Any, chromium_options: dict[str, Any], whole_log: None) -> Iterator[Page]:
    """A narrow browser signed in as the administrator, who reads Tibetan here."""
    actors._cache.clear()
    devices._cache.clear()
    with transaction.atomic():
        build(AT)
    with clock.use(clock.FixedClock(AT)), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
        opened = context.new_page()
        opened.goto("/account/login/")
        opened.click('.languages button[value="bo"]')
        expect(opened.locator("html")).to_have_attribute("lang", re.compile("^bo"))
        opened.fill("#id_login", "administrator")
        opened.fill("#id_password", PASSWORD)
        opened.click("main button[type=submit]")
        opened.wait_for_url(lambda url: "/account/login/" not in url)
        opened.goto("/about/")
        with opened.expect_navigation():
            opened.click('.languages button[value="bo"]')
        yield opened
        browser.close()


def test_pages_keep_to_the_policy_and_to_the_screen(page: Page, live_server: Any) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    foreign: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith((live_server.url, "data:", "blob:")) else foreign.append(r.url),
    )

    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for address in ADDRESSES:
            page.goto(address)
            assert page.evaluate(OVERFLOW) <= 0, (width, address)
            assert page.evaluate(LOW_TARGETS) == [], (width, address)

    assert complaints == []
    assert foreign == []


def test_tibetan_lines_are_tall_enough(page: Page) -> None:
    for address in ("/about/", "/people/", "/settings/"):
        page.goto(address)
        assert min(page.evaluate(LINES)) >= 1.8, address


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/people/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_lost_connection_is_said_and_its_return_too_and_what_was_typed_stays(page: Page) -> None:
    page.goto("/people/new/")
    banner, name, send = page.locator("[data-offline]"), page.locator("#id_name"), "main form button.primary"
    expect(banner).to_be_hidden()

    page.context.set_offline(True)
    expect(banner).to_be_visible()
    name.fill("扎西")
    page.click(send)
    expect(page.locator(".toast")).to_be_visible()
    expect(name).to_have_value("扎西")
    page.context.set_offline(False)

    expect(banner).to_be_hidden()
    page.click(send)
    expect(page.locator(".message.danger")).to_be_focused()
    expect(name).to_have_value("扎西")


def test_a_page_asked_for_without_connection_says_what_to_do(page: Page) -> None:
    page.goto("/people/")
    eventually(lambda: page.evaluate(KEPT), "the page for no connection is kept, in Tibetan")

    page.context.set_offline(True)
    page.goto("/people/rota/")

    expect(page.locator(".empty-title")).to_have_count(1)
    assert "administrator" not in page.content()


def test_wrong_fields_take_the_focus(page: Page) -> None:
    page.goto("/people/new/")

    page.click("main form button.primary")

    expect(page.locator(".message.danger")).to_be_focused()
    expect(page.locator('#id_name[aria-invalid="true"]')).to_have_count(1)


def test_what_is_typed_when_the_session_ends_is_sent_after_signing_in_again(page: Page) -> None:
    page.clock.install()
    page.goto("/people/new/")
    page.fill("#id_name", "合成新人")
    page.context.clear_cookies(name="sessionid")
    covered = page.locator("dialog.signed-out")
    page.clock.run_for(6_000)
    expect(covered).to_be_visible()
    page.keyboard.press("Escape")
    expect(covered).to_be_visible()

    with page.context.expect_page() as opened:
        covered.locator("a").click()
    again = opened.value
    again.fill("#id_login", "administrator")
    again.fill("#id_password", PASSWORD)
    again.click("main button[type=submit]")
    again.wait_for_url(lambda url: "/account/login/" not in url)

    page.clock.run_for(6_000)
    expect(covered).to_be_hidden()
    expect(page.locator("#id_name")).to_have_value("合成新人")
    page.fill("#id_username", "synthetic")
    with page.expect_response("**/people/new/") as sent:
        page.click("main form button.primary")
    assert sent.value.status == 200
    expect(page.locator("#id_name")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("合成新人")


def test_where_nothing_is_typed_the_end_of_the_session_is_the_login(page: Page) -> None:
    page.clock.install()
    page.goto("/people/new/")
    page.context.clear_cookies(name="sessionid")
    page.clock.run_for(6_000)
    page.wait_for_url("**/account/login/**")


def test_what_is_typed_while_an_answer_is_under_way_stays(page: Page) -> None:
    late: list[Route] = []
    page.route("**/anew/", lambda route: late.append(route))
    page.goto("/settings/")
    page.evaluate(ASKS_ANEW)
    page.fill("#one", "3")
    with page.expect_request("**/anew/"):
        page.keyboard.press("Tab")
    page.keyboard.type("4")
    with page.expect_response("**/anew/"):
        caught(page, late).pop().fulfill(
            body='<div id="questions"><input id="one"><input id="two"></div>', content_type="text/html"
        )
    page.keyboard.type("5")
    expect(page.locator("#two")).to_have_value("45")
    with page.expect_request("**/anew/"):
        page.keyboard.press("Tab")
    caught(page, late).pop().fulfill(
        body='<div id="questions"><input id="one"><output id="new"></div>', content_type="text/html"
    )
    expect(page.locator("#new")).to_have_count(1)

"""A call written down without a mouse: few keys from the ringing to the number that is read out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, Route, expect, sync_playwright

from mulian.kernel import clock
from tests.journeys.browsing import caught
from tests.modules.cases.conftest import Line
from tests.world import AT, PASSWORD, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]


@pytest.fixture
def page(live_server: Any, whole_log: None, chromium_options: dict[str, Any]) -> Iterator[Page]:
    with clock.use(clock.FixedClock(AT)), transaction.atomic():
        Line(build(AT)).report(household="near", text="水管裂了没水")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=live_server.url)
        yield context.new_page()
        browser.close()


def sign_in(page: Page, username: str) -> None:
    page.goto("/account/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def test_a_call_becomes_a_case_by_keys_alone(page: Page) -> None:
    sign_in(page, "county_duty")
    page.goto("/cases/new/?door=call")
    page.keyboard.press("F7")
    page.keyboard.type("江千乡的桥断了")
    page.keyboard.press("F4")
    page.keyboard.type("隆吉")
    expect(page.locator("#id_area")).to_have_value("632623204201")
    page.keyboard.press("Enter")
    expect(page.locator("#id_area")).to_be_focused()
    page.keyboard.press("F9")
    expect(page.locator("#id_urgent")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".code")).to_be_visible()
    expect(page.get_by_role("link", name="下一件")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_have_value("")


def test_a_familys_open_case_is_offered_when_it_is_chosen(page: Page) -> None:
    sign_in(page, "village_lead")
    page.goto("/cases/new/?door=call")
    page.keyboard.press("F2")
    page.keyboard.type("合成户主near")
    page.locator("#households input").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#caller [name=add_to]")).to_have_count(2)
    expect(page.locator("#caller")).to_contain_text("水管裂了没水")


def test_an_answer_that_comes_late_takes_nothing_from_under_the_hand(page: Page) -> None:
    """She is in the list already when the answer to her last letters comes: her choice stays, and is heard."""
    late: list[Route] = []
    sign_in(page, "village_lead")
    page.goto("/cases/new/?door=call")
    page.keyboard.press("F2")
    page.keyboard.type("合成户主")
    expect(page.locator("#households input").first).to_be_visible()
    page.route("**/cases/new/households/**", lambda route: late.append(route))
    with page.expect_request("**/cases/new/households/**"):
        page.keyboard.type("near")
    page.keyboard.press("Tab")
    chosen = page.locator("#households input").first
    expect(chosen).to_be_focused()
    with page.expect_response("**/cases/new/households/**"):
        caught(page, late).pop().continue_()
    page.keyboard.press("Space")
    expect(chosen).to_be_checked()
    expect(page.locator("#caller")).not_to_be_empty()


def test_the_county_finds_a_callers_family_by_keys_alone(page: Page) -> None:
    """It begins at the caller's number; Enter looks the family up and sends no report; the first has the focus."""
    sign_in(page, "county_duty")
    page.goto("/cases/new/?door=call")
    expect(page.locator("#id_seek-phone")).to_be_focused()
    expect(page.locator("#id_seek-reason")).to_have_value("电话")
    page.keyboard.type("000-0000")
    page.keyboard.press("Tab")
    page.keyboard.type("合成户主near")
    page.keyboard.press("Enter")
    expect(page.locator("#seek input[name=household]").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#caller")).to_contain_text("水管裂了没水")
    page.keyboard.press("F2")
    expect(page.locator("#id_seek-phone")).to_be_focused()
    page.locator("#narrow-village").fill("隆吉")
    page.keyboard.press("Enter")
    expect(page.locator("#id_seek-village")).to_have_value("632623204201")
    expect(page.locator("#seek [role=status]")).to_be_visible()
    expect(page.locator("#id_on_behalf_of")).to_have_value("合成户主near 000-0000")
    assert page.url.endswith("/cases/new/?door=call")

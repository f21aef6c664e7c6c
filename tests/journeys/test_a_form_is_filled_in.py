"""A family's form in Tibetan: what the register knows is there; the app is killed in the middle; the county is told."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.journeys.browsing import PATIENCE, Screens, eventually
from tests.journeys.form_ways import NEXT, on
from tests.journeys.phones import GANDE, LIAISON, SIZE, enrol, go, in_charge
from tests.journeys.servers import Phone, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

ROOMS = 17
"""More than any family of the demo has."""


def families(server: Server) -> dict[str, dict[str, Any]]:
    """Households as another phone of the liaison gets them."""
    token = next(each["token"] for each in server.facts["devices"] if each["username"] == LIAISON)
    return {one["id"]: one["data"] for one in Phone(server, token).pull() if one["kind"] == "household"}


def own(data: dict[str, Any]) -> dict[str, Any]:
    said = [said for said in data.get("items", []) if "member" not in said and "values" in said]
    return {code: value for each in said for code, value in each["values"].items()}


def in_a_brick_house(server: Server) -> str:
    """A family whose rooms and kind of house are known."""
    all_of_them = families(server)
    return next(
        id for id, data in all_of_them.items() if {"dwelling.rooms", "dwelling.kind"} <= set(own(data))
    )


def begin(page: Page, household: str) -> None:
    go(page, f"household/{household}")
    page.locator(".camps").wait_for()
    go(page, f"forms/of/{household}")
    page.locator(".list .row", has_text="དུད་ཚང་རེའུ་མིག").click()
    expect(page.locator(".question")).to_be_visible()


def on_to(page: Page, what: str) -> None:
    while not page.locator(what).count():
        on(page)


def killed(context: BrowserContext, page: Page) -> Page:
    """The app dies without a word and is started again."""
    page.close()
    again = context.new_page()
    again.goto("/field/")
    return again


def test_a_form_half_filled_in_survives_the_app_and_tells_the_register(
    shared: Server, chromium_options: dict[str, Any]
) -> None:
    household = in_a_brick_house(shared)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(
            base_url=shared.base_url, viewport=SIZE, has_touch=True, is_mobile=True,  # type: ignore[arg-type]
            locale="bo-CN", geolocation=GANDE, permissions=["geolocation", "microphone"],  # type: ignore[arg-type]
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        enrol(shared, page)
        begin(page, household)
        on(page)
        expect(page.locator(".question .fact.quiet")).to_be_visible()  # its kind of house is known
        on_to(page, ".question .big-number")
        page.locator(".question .big-number").first.fill(str(ROOMS))
        expect(page.locator(".question .big-number").first).to_have_value(str(ROOMS))
        in_charge(page)
        context.set_offline(True)

        page = killed(context, page)
        page.locator(".due-card .row", has_text="ཚར་མེད་པའི་རེའུ་མིག").click()
        page.locator(".instance .row").first.click()
        expect(page.locator(".question .big-number").first).to_have_value(str(ROOMS))

        on_to(page, ".page.form .list.plain")
        page.locator(NEXT).click()
        expect(page.locator(".saved")).to_be_visible()
        context.set_offline(False)
        eventually(lambda: own(families(shared)[household])["dwelling.rooms"] == ROOMS, "the register knows")

        desk = Screens(shared, browser).desk("village_lead", "bo")
        desk.goto(f"/households/{household}/")
        expect(desk.locator("main")).to_contain_text(str(ROOMS))
        browser.close()

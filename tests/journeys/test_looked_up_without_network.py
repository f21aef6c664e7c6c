"""A day in the valley: everything a liaison needs is on the phone, and what is told there reaches the county later.

The app is opened again without any network: families, a case with the voice of its answer, the map, the lessons. A
family's move is told with one tap; when the network is back the county has it, and another phone shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.journeys.browsing import PATIENCE, eventually
from tests.journeys.phones import GANDE, LIAISON, SIZE, enrol, go
from tests.journeys.servers import Phone, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

CACHED = """async () => {
  await navigator.serviceWorker.ready
  return navigator.serviceWorker.controller !== null || (await caches.keys()).length > 0
}"""
PLAYED = """() => {
  window.heard = 0
  const play = HTMLAudioElement.prototype.play
  HTMLAudioElement.prototype.play = function () {
    this.addEventListener('timeupdate', () => { window.heard = Math.max(window.heard, this.currentTime) })
    return play.call(this)
  }
}"""


def held_by(server: Server, household: str) -> dict[str, Any]:
    """The household as another phone of the liaison gets it."""
    token = next(each["token"] for each in server.facts["devices"] if each["username"] == LIAISON)
    found = {change["id"]: change for change in Phone(server, token).pull() if change["kind"] == "household"}
    data: dict[str, Any] = found[household]["data"]
    return data


def with_camps(server: Server) -> tuple[str, str]:
    """A family that is not in the first of its camps, and that camp."""
    token = next(each["token"] for each in server.facts["devices"] if each["username"] == LIAISON)
    for change in Phone(server, token).pull():
        camps = change.get("data", {}).get("camps") if change["kind"] == "household" else None
        if camps and change["data"].get("camp", {}).get("id") != camps[0]["id"]:
            return change["id"], camps[0]["id"]
    raise AssertionError("the demo has families with camps")


def provided(page: Page) -> None:
    """A phone that has been at the county once: the app, the data, the answer's voice and the lessons are on it."""
    page.goto("/field/")
    page.wait_for_selector(".list .row")
    go(page, "clips")
    expect(page.locator(".clip .player")).to_have_count(6)
    eventually(lambda: page.evaluate(CACHED), "the app itself is kept")


def test_a_day_in_the_valley(serve: Callable[..., Server], chromium_options: dict[str, Any]) -> None:
    server = serve()
    household, camp = with_camps(server)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(
            base_url=server.base_url, viewport=SIZE, has_touch=True, is_mobile=True,  # type: ignore[arg-type]
            locale="zh-CN", geolocation=GANDE, permissions=["geolocation", "microphone"],  # type: ignore[arg-type]
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.add_init_script(f"({PLAYED})()")
        enrol(server, page)
        provided(page)

        context.set_offline(True)
        page.goto("/field/")
        expect(page.locator(".list .row").first).to_be_visible()

        go(page, "clips")
        expect(page.locator(".clip .player")).to_have_count(6)
        page.locator(".clip .player button").first.click()
        eventually(lambda: page.evaluate("window.heard > 0.2"), "a lesson is heard")

        go(page, "cases")
        page.locator("main .row").first.click()
        expect(page.locator(".answer .player")).to_be_visible()
        page.evaluate("window.heard = 0")
        page.locator(".answer .player button").click()
        eventually(lambda: page.evaluate("window.heard > 0.2"), "the answer is heard")

        go(page, "map")
        expect(page.locator(".paper .me")).to_have_count(1)
        expect(page.locator(".pair-row .away").first).to_be_visible()

        go(page, f"household/{household}")
        expect(page.locator("a[href^='tel:']").first).to_be_visible()
        page.locator(".camps .button.small").first.click()
        expect(page.locator(".camps .note")).to_be_visible()
        expect(page.locator(".camp.here")).to_have_count(1)

        context.set_offline(False)
        eventually(lambda: held_by(server, household).get("camp", {}).get("id") == camp, "the county knows")
        # The county's own word comes with the next sync, here by opening the app again.
        page.reload()
        expect(page.locator(".camps .note")).to_have_count(0)
        expect(page.locator(".camp.here")).to_have_count(1)
        browser.close()

"""The service worker: it sends while the app is closed, and a county can take it away without losing a report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright

from tests.journeys.browsing import eventually
from tests.journeys.phones import Phone
from tests.journeys.servers import Server
from tests.journeys.test_carried_by_another_phone import (
    MAKER,
    known,
    media_ready,
    new_cases,
    phone_of,
    say_offline,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
TAG = "mulian-outbox"
READY = "navigator.serviceWorker.ready.then(() => true)"
ACTIVE = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
LEFT = """async () => ({
  workers: (await navigator.serviceWorker.getRegistrations()).length, kept: (await caches.keys()).length,
})"""


def with_worker(phone: Phone) -> None:
    """The app as at its second start: the worker, once it is there, takes over the next page."""
    phone.page.evaluate(READY)
    phone.home()
    eventually(lambda: phone.page.evaluate(ACTIVE), "the service worker is in charge")


def wake(context: BrowserContext, page: Page, origin: str) -> None:
    """What the system does when the network is back: the one-off sync the app asked for, to a worker without a page."""
    session = context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(
            one["registrationId"] for one in said["registrations"] if not one["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    eventually(lambda: page.evaluate("1") and found, "the worker's registration")
    asked = {"origin": origin, "registrationId": found[0], "tag": TAG, "lastChance": True}
    session.send("ServiceWorker.dispatchSyncEvent", asked)


def test_a_closed_app_sends_when_the_system_wakes_its_worker(
    shared: Server, chromium_options: dict[str, Any]
) -> None:
    before = known(shared)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        phone = phone_of(shared, browser, MAKER)
        with_worker(phone)
        say_offline(phone)
        blank = phone.context.new_page()
        phone.page.close()
        blank.goto("about:blank")
        assert new_cases(shared, before) == []
        phone.context.set_offline(False)
        beside = phone.context.new_page()  # within the app's reach, but none of its pages
        beside.goto(f"{shared.base_url}/field/manifest.webmanifest")
        wake(phone.context, beside, f"{shared.base_url}/")
        found = eventually(lambda: new_cases(shared, before), "the worker sent the report")
        eventually(lambda: media_ready(shared, found[0]["id"]), "and its sound")
        assert len(found) == 1
        browser.close()


def test_the_kill_switch_takes_the_worker_and_leaves_the_reports(
    serve: Callable[..., Server], chromium_options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve()
    before = known(server)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        phone = phone_of(server, browser, MAKER)
        with_worker(phone)
        say_offline(phone)
        assert phone.page.evaluate(LEFT)["workers"] == 1
        server.stop()
        monkeypatch.setenv("MULIAN_FIELD_WITHDRAWN", "true")
        server.start()
        loads: list[str] = []
        phone.page.on("load", lambda page: loads.append(page.url))
        phone.context.set_offline(False)
        _taken_away(phone.page, loads)
        found = eventually(lambda: new_cases(server, before), "the page itself sent the report")
        assert len(found) == 1
        phone.page.wait_for_timeout(1500)  # a page that started for ever would start again here
        assert len(loads) <= 3
        expect(phone.page.locator("footer.dock button.mic")).to_be_visible()
        browser.close()


def _taken_away(page: Page, loads: list[str], starts: int = 8) -> None:
    """The browser lets the old worker finish what it does (a wake-up to send) before another takes over, so the switch
    may wait for the app's next start; `loads` holds those of the last one.
    """
    for start in range(1, starts + 1):
        loads.clear()
        with suppress(Error):  # the switch loads the page anew itself, and may overtake us
            page.reload()
        try:
            eventually(lambda: _left(page) == {"workers": 0, "kept": 0}, "worker and copies are gone", 12)
        except AssertionError:
            if start == starts:
                raise
        else:
            return


def _left(page: Page) -> dict[str, int] | None:
    """What is left of the worker; None while the page is being loaded anew."""
    try:
        found: dict[str, int] = page.evaluate(LEFT)
    except Exception:
        return None
    return found

"""Something forwarded from a chat to the app, without network: it waits to be confirmed, then goes up as a report."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.browsing import eventually
from tests.journeys.family_ways import FORWARD, FORWARDED
from tests.journeys.phones import Phone
from tests.journeys.servers import Server
from tests.journeys.test_carried_by_another_phone import MAKER, known, media_ready, new_cases, phone_of
from tests.journeys.test_updates_strand_nothing import with_worker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def forward(phone: Phone) -> None:
    phone.page.evaluate(FORWARD, FORWARDED)
    expect(phone.page.locator(".extras textarea")).to_have_value(FORWARDED)


def test_what_was_forwarded_becomes_a_report_when_it_is_confirmed(
    shared: Server, chromium_options: dict[str, Any]
) -> None:
    before = known(shared)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        phone = phone_of(shared, browser, MAKER)
        with_worker(phone)
        phone.context.set_offline(True)
        forward(phone)
        expect(phone.page.locator(".strip img")).to_have_count(1)
        expect(phone.page.locator("footer.dock button.mic.live")).to_have_count(
            0
        )  # nobody asked to be recorded

        phone.page.evaluate("location.hash = '#/'")
        waiting = phone.page.locator(".note.draft")
        expect(waiting).to_have_count(1)
        waiting.locator(".button").first.click()
        phone.page.locator("footer.dock .button.primary").click()
        expect(phone.page.locator(".saved")).to_be_visible()
        assert new_cases(shared, before) == []

        phone.context.set_offline(False)
        found = eventually(lambda: new_cases(shared, before), "the report is at the county")
        eventually(lambda: media_ready(shared, found[0]["id"]), "its picture too")
        phone.home()
        expect(phone.page.locator(".note.draft")).to_have_count(0)
        browser.close()

"""Every screen of the phone is whole in Tibetan and, in double type, in Chinese; all of it speaks; axe is content."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.looking import AXE, faults, kept_words, silent
from tests.journeys.phone_screens import SCREENS
from tests.journeys.phones import Gallery, still
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize(("language", "zoom"), [("bo", 1.0), ("zh", 2.0)])
def test_every_screen_is_whole_and_speaks(
    own: Server, chromium_options: dict[str, Any], language: str, zoom: float
) -> None:
    assert AXE.exists(), "axe comes with the packages of assets/: make setup"
    kept, found = kept_words(), {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        gallery = Gallery(own, browser, zoom)
        for look in SCREENS:
            with gallery.phone(look, language) as phone:
                look.way(phone)
                phone.page.wait_for_selector(look.seen)
                if not look.listens:
                    still(phone.page)
                said = faults(phone.page, kept)
                if language == "zh" and not look.listens:
                    said += silent(phone.page)
                found[look.name] = said
        browser.close()
    assert [f"{name}: {fault}" for name, said in found.items() for fault in said] == []

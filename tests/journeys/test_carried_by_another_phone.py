"""Reports that a phone without coverage hands to another: by file with the sound, by codes for the text.

The carrier reads nothing; whatever road comes first, one report comes of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.browsing import PATIENCE, as_staff, eventually
from tests.journeys.camera import film
from tests.journeys.phones import SIZE, Phone, enrol, go
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
DUTY, MAKER, CARRIER = "county_duty", "liaison1", "liaison2"


def new_cases(server: Server, before: set[str]) -> list[dict[str, Any]]:
    listed = as_staff(server, DUTY, "/cases?limit=50")["items"]
    return [case for case in listed if case["id"] not in before]


def known(server: Server) -> set[str]:
    return {case["id"] for case in as_staff(server, DUTY, "/cases?limit=50")["items"]}


def phone_of(server: Server, browser: Browser, person: str) -> Phone:
    """Somebody's phone, with a microphone and a camera."""
    context = browser.new_context(
        base_url=server.base_url, viewport=SIZE, has_touch=True, is_mobile=True,  # type: ignore[arg-type]
        locale="zh-CN", permissions=["microphone", "camera"],
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    phone = Phone(context.new_page(), "zh")
    enrol(server, phone.page, person)
    return phone


def say_offline(phone: Phone) -> None:
    """A spoken report, saved without any network."""
    phone.home()
    phone.context.set_offline(True)
    phone.page.locator("footer.dock button.mic").click()
    phone.page.wait_for_selector("footer.dock button.mic.live")
    phone.page.wait_for_timeout(1500)  # the length of what is said
    phone.page.locator("footer.dock button.mic.live").click()
    phone.page.locator("footer.dock .button.primary").click()
    expect(phone.page.locator(".saved")).to_be_visible()


def test_a_file_brings_text_and_sound_and_both_roads_make_one_report(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path
) -> None:
    before = known(shared)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        origin, carrier = phone_of(shared, browser, MAKER), phone_of(shared, browser, CARRIER)
        say_offline(origin)
        go(origin.page, "carry/give")
        with origin.page.expect_download() as given:
            origin.page.locator(".page > .button").last.click()
        bundle = tmp_path / given.value.suggested_filename
        given.value.save_as(bundle)
        assert "cases.report" not in bundle.read_text()

        go(carrier.page, "carry/take")
        carrier.page.locator("input[type=file]").set_input_files(bundle)
        expect(carrier.page.locator(".saved")).to_be_visible()
        found = eventually(lambda: new_cases(shared, before), "the carried report is at the county")
        whole = eventually(lambda: media_ready(shared, found[0]["id"]), "its sound came along")
        assert [part["state"] for part in whole["media"]] == ["ready"]

        origin.context.set_offline(False)
        go(origin.page, "status")
        expect(origin.page.locator(".bar .count.waiting")).to_have_count(0)
        assert [case["id"] for case in new_cases(shared, before)] == [found[0]["id"]]
        browser.close()


def media_ready(server: Server, case: str) -> dict[str, Any] | None:
    found: dict[str, Any] = as_staff(server, DUTY, f"/cases/{case}")
    return found if [part["state"] for part in found["media"]] == ["ready"] else None


def test_codes_are_read_by_the_other_phones_camera(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path
) -> None:
    before = known(shared)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        origin = phone_of(shared, browser, MAKER)
        say_offline(origin)
        go(origin.page, "carry/give")
        seen = film(origin.page.locator(".codes canvas"), tmp_path / "codes.y4m")
        args = [*chromium_options["args"], f"--use-file-for-fake-video-capture={seen}"]
        other = playwright.chromium.launch(**{**chromium_options, "args": args})
        carrier = phone_of(shared, other, CARRIER)
        go(carrier.page, "carry/take")
        expect(carrier.page.locator(".saved")).to_be_visible()
        found = eventually(lambda: new_cases(shared, before), "the carried text is at the county")
        assert len(found) == 1
        other.close()
        browser.close()

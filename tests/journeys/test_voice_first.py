"""The voice comes first: three taps to "saved", nothing said is lost, and labels speak with a person's voice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.core.providers.ocr.drawn import identity
from tests.journeys.browsing import Screens, eventually
from tests.journeys.phone_troubles import A_CALL_COMES, CATCH_MICROPHONE, DISK_FULL
from tests.journeys.phones import Gallery, Look, enrol
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
THE_CALL_ENDS = "window.heard.getTracks()[0].dispatchEvent(new Event('unmute'))"
HEAR = """() => {
  window.played = 0
  const play = HTMLMediaElement.prototype.play
  HTMLMediaElement.prototype.play = function () { window.played += 1; return play.call(this) }
}"""
SLOW_PICTURES = """() => {
  const [make, developed] = [createImageBitmap, new Promise(done => { window.developed = done })]
  window.createImageBitmap = async (...given) => (await developed, make(...given))
}"""
LONG_PRESS_MS = 1200
CALL_MS = 3000
KEPT = """async () => {
  let kept = 0
  for (const { name } of await indexedDB.databases()) {
    const opened = await new Promise(done => { indexedDB.open(name).onsuccess = event => done(event.target.result) })
    if (opened.objectStoreNames.contains('pieces')) kept += await new Promise(done => {
      opened.transaction('pieces').objectStore('pieces').count().onsuccess = event => done(event.target.result)
    })
    opened.close()
  }
  return kept
}"""
"""How many pieces of the recording, a second each, are on the disk."""


@pytest.fixture
def gallery(shared: Server, chromium_options: dict[str, Any]) -> Iterator[Gallery]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        yield Gallery(shared, browser)
        browser.close()


def look(before: str = "") -> Look:
    return Look("any", lambda phone: None, before=before)


def voices(server: Server) -> set[str]:
    """The sounds of the newest cases that the county could decode."""
    listed = server.api("/cases?limit=20")["items"]
    media = [part for case in listed for part in server.api(f"/cases/{case['id']}")["media"]]
    ready = [part for part in media if part["state"] == "ready"]
    return {part["sha256"] for part in ready if part["mime"].startswith("audio/")}


def seconds(page: Page) -> float:
    """What the finished recording says of its length."""
    minutes, rest = page.locator(".player .digits").inner_text().split(":")
    return int(minutes) * 60 + float(rest)


def test_three_taps_bring_a_voice_to_the_county(gallery: Gallery) -> None:
    with gallery.phone(look(), "bo") as phone:
        page, before = phone.page, voices(gallery.server)
        phone.home()
        page.locator("footer.dock button.mic").tap()
        expect(page.locator("footer.dock button.mic.live")).to_be_visible()
        page.wait_for_timeout(3000)  # the length of what is said
        page.locator("footer.dock button.mic.live").tap()
        page.locator("footer.dock .button.primary").tap()
        expect(page.locator(".saved")).to_be_visible()
        eventually(lambda: voices(gallery.server) - before, "the voice reaches the county")
        assert len(voices(gallery.server) - before) == 1


def test_a_call_interrupts_and_nothing_said_is_lost(gallery: Gallery) -> None:
    with gallery.phone(look(CATCH_MICROPHONE), "zh") as phone:
        page, before = phone.page, voices(gallery.server)
        phone.home()
        began = time.monotonic()
        page.locator("footer.dock button.mic").tap()
        expect(page.locator("footer.dock button.mic.live")).to_be_visible()
        page.wait_for_timeout(2000)
        page.evaluate(A_CALL_COMES)
        going_on = page.locator(".voice.held button")
        expect(going_on).to_be_disabled()
        page.wait_for_timeout(CALL_MS)  # nobody's report
        page.evaluate(THE_CALL_ENDS)
        going_on.tap()
        page.wait_for_timeout(2000)
        page.locator("footer.dock button.mic.live").tap()
        expect(page.locator(".voice .done")).to_be_visible()
        assert 3 <= seconds(page) <= time.monotonic() - began - CALL_MS / 1000 + 0.5
        page.locator("footer.dock .button.primary").tap()
        expect(page.locator(".saved")).to_be_visible()
        eventually(lambda: voices(gallery.server) - before, "both parts decode as one sound")
        assert len(voices(gallery.server) - before) == 1


def test_a_full_phone_says_so_keeps_the_recording_and_saves_once_there_is_room(gallery: Gallery) -> None:
    with gallery.phone(look(DISK_FULL), "zh") as phone:
        page = phone.page
        phone.record()
        page.locator("footer.dock .button.primary").tap()
        expect(page.locator(".trouble.grave")).to_be_in_viewport()
        expect(page.locator(".player")).to_have_count(1)
        page.evaluate("makeRoom()")
        page.locator("footer.dock .button.primary").tap()
        expect(page.locator(".saved")).to_be_visible()


def test_nothing_is_saved_without_the_photo_that_is_still_being_made_smaller(gallery: Gallery) -> None:
    with gallery.phone(look(SLOW_PICTURES), "zh") as phone:
        phone.record()
        card = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": identity()}
        phone.page.locator(".extras input[type=file]").set_input_files(card)
        save = phone.page.locator("footer.dock .button.primary")
        expect(save).to_be_disabled()
        phone.page.evaluate("developed()")
        expect(phone.page.locator(".strip img")).to_have_count(1)
        expect(save).to_be_enabled()


def test_a_killed_browser_keeps_what_was_said_until_then(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path
) -> None:
    """kill -9 in the middle of a sentence: no farewell, no time to write anything."""
    profile = tmp_path / "profile"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch_persistent_context(profile, **chromium_options)
        enrol(shared, page := opened.new_page())
        page.locator("footer.dock button.mic").click()
        eventually(lambda: page.evaluate(KEPT) >= 3, "seconds of it are on the disk")
        kill(profile)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch_persistent_context(profile, **chromium_options)
        page = opened.new_page()
        page.goto(f"{shared.base_url}/field/")
        page.locator("main .note.draft .button").first.click()
        expect(page.locator(".voice .done")).to_be_visible()
        assert seconds(page) >= 2
        page.locator("footer.dock .button.primary").click()
        expect(page.locator(".saved")).to_be_visible()
        opened.close()


def kill(profile: Path) -> None:
    """Ends every process of the one browser with this profile."""
    wish = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            mine = wish in (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it ended meanwhile
        if mine:
            os.kill(int(folder.name), signal.SIGKILL)


def test_a_label_spoken_in_the_console_is_heard_on_a_phone_without_network(
    gallery: Gallery, chromium_options: dict[str, Any]
) -> None:
    desk = Screens(gallery.server, gallery.browser).desk("village_lead")
    desk.context.grant_permissions(["microphone"])
    desk.goto("/phrases/bo/?missing=1")
    line = desk.locator("[data-phrase]", has_text="ཉར་ཚགས").first
    words = str(line.get_attribute("data-words"))
    line.locator("[data-speak]").click()
    expect(desk.locator(".phrase.recording")).to_have_count(1)
    desk.wait_for_timeout(1200)
    line.locator("[data-speak]").click()
    expect(desk.locator(f'[data-words="{words}"] [data-hear]')).to_have_count(1)
    desk.context.close()
    with gallery.phone(look(HEAR), "bo") as phone:
        phone.home()
        kept = "async () => (await (await caches.open('mulian-phrases')).keys()).length"
        eventually(lambda: phone.page.evaluate(kept) > 8, "the recordings are on the phone")
        phone.context.set_offline(True)
        phone.page.locator("h1").first.click(delay=LONG_PRESS_MS)
        eventually(lambda: phone.page.evaluate("window.played") > 0, "the recorded label plays")
        expect(phone.page.locator(".caption")).to_be_visible()

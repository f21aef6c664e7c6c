"""G12, G13, G14: a phone in a stranger's hand. Its files are read byte by byte; its lease runs out; it is revoked.

The real app in a real browser with a profile on disk, against a real server.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from tests.journeys.browsing import PATIENCE, PHONE, Screens, as_staff, eventually
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIAISON, OFFICE, DUTY, PIN = "liaison1", "administrator", "county_duty", "2580"


TELL = """() => {
  const ask = window.fetch
  window.fetch = async (...wish) => {
    const answer = await ask(...wish)
    const name = answer.url.split('/field/')[1]
    if (answer.ok && ['enrol', 'sync', 'lease'].includes(name)) window.tell(name, await answer.clone().text())
    return answer
  }
}"""
"""What the county answers is told here before the app has it: no page that goes elsewhere can take it along."""


@dataclass
class Pocket:
    """A phone whose browser keeps its profile in `folder`; `told` is what the county answered it."""

    playwright: Playwright
    server: Server
    folder: Path
    options: dict[str, Any]
    told: list[tuple[str, Any]] = field(default_factory=list)
    context: BrowserContext | None = None

    def start(self, at: datetime | None = None) -> Page:
        """The app is opened, by the phone's clock at `at`."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            base_url=self.server.base_url,
            viewport=PHONE,  # type: ignore[arg-type]
            has_touch=True,
            is_mobile=True,
            permissions=["microphone"],
            locale="zh-CN",
            **self.options,
        )
        self.context.set_default_timeout(PATIENCE)
        if at:
            self.context.clock.install(time=at)
        self.context.expose_function("tell", lambda name, body: self.told.append((name, json.loads(body))))
        self.context.add_init_script(f"({TELL})()")
        page = self.context.pages[0]
        page.goto("/field/")
        return page

    def stop(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def facts(self, name: str) -> list[Any]:
        if self.context:
            self.context.pages[0].wait_for_timeout(20)  # what was told meanwhile is heard only while we wait
        return [body for path, body in self.told if path == name]

    def bytes(self) -> bytes:
        """All files of the profile, one after the other."""
        return b"\n".join(p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file())


@contextmanager
def hand(server: Server, options: dict[str, Any], folder: Path) -> Iterator[tuple[Screens, Pocket]]:
    """An office desk and one phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        pocket = Pocket(playwright, server, folder, options)
        try:
            yield Screens(server, browser), pocket
        finally:
            pocket.stop()
            browser.close()


def office(opened: Screens) -> Page:
    desk = opened.desk(OFFICE)
    desk.goto(f"/people/?q={LIAISON}")
    desk.locator("tbody tr", has_text=LIAISON).locator("th a").first.click()
    return desk


def digits_from(desk: Page) -> str:
    desk.get_by_role("button", name="Enrol a phone").click()
    return desk.locator(".digits").inner_text().replace(" ", "")


def revoke_newest(desk: Page) -> None:
    """The phone in use that was enrolled last stands first."""
    confirm = desk.locator("details.confirm", has=desk.locator('form[action*="/revoke/"]')).first
    confirm.locator("summary").click()
    confirm.get_by_role("button", name="Revoke this phone").click()
    expect(desk.locator("body")).to_contain_text("revoked")


def enter(phone: Page, pin: str) -> None:
    for digit in pin:
        phone.locator(".keypad .key.digits", has_text=digit).click()
    phone.locator(".keypad .key.go").click()


def connect(phone: Page, digits: str) -> None:
    phone.fill("input.code", digits)
    phone.locator("form button[type=submit]").click()
    keypad = phone.locator(".keypad")
    keypad.evaluate("first => { first.dataset.left = '' }")
    enter(phone, PIN)
    expect(keypad.and_(phone.locator(":not([data-left])"))).to_be_visible()
    enter(phone, PIN)
    expect(phone.locator(".doors")).to_be_visible()


def write_report(phone: Page, text: str) -> None:
    """Typed, so that its words can be looked for; a voice goes with it."""
    phone.locator("footer.dock button.mic").click()
    stop = phone.locator("footer.dock button.mic.live")
    expect(stop).to_be_visible()
    phone.wait_for_timeout(1200)  # the length of what is said
    stop.click()
    phone.locator(".tiles .tile", has=phone.locator('path[d^="M4 20l4-1"]')).click()
    phone.fill("textarea", text)
    phone.locator("footer.dock .button.primary").click()
    expect(phone.locator(".saved")).to_be_visible()
    phone.goto("/field/")


def arrived(server: Server, text: str) -> dict[str, Any]:
    """The case with its voice, opened at the county."""

    def look() -> dict[str, Any] | None:
        listed = as_staff(server, DUTY, f"/cases?q={text}")["items"]
        found = as_staff(server, DUTY, f"/cases/{listed[0]['id']}") if listed else None
        whole = found and [part["state"] for part in found["media"]] == ["ready"]
        return found if whole else None

    found: dict[str, Any] = eventually(look, f"{text} and its voice reach the county")
    return found


def forms(word: str) -> list[bytes]:
    """How a word may lie in a database of the browser."""
    return [word.encode(), word.encode("utf-16-le"), json.dumps(word).strip('"').encode()]


def names_in(told: list[Any]) -> set[str]:
    """The families whose ledger came down."""
    changes = [change for answer in told for change in answer["changes"] if change.get("kind") == "household"]
    members = [m for change in changes for m in change["data"].get("members", [])]
    return {m["name"] for m in members if len(m.get("name", "")) >= 3}


CONTROL = "control-" + secrets.token_hex(12)
LAY_OPEN = """word => new Promise((done, fail) => {
  const asked = indexedDB.open("control", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("words");
  asked.onerror = fail;
  asked.onsuccess = () => {
    const work = asked.result.transaction("words", "readwrite", { durability: "strict" });
    work.objectStore("words").put({ word }, "word");
    work.oncomplete = done;
  };
})"""
DATABASES = "async () => (await indexedDB.databases()).map(one => one.name)"
SHARE_IS_GONE = """() => new Promise((done, fail) => {
  const asked = indexedDB.databases().then(all => {
    const name = all.map(one => one.name).find(one => one.startsWith("mulian-"));
    const opened = indexedDB.open(name);
    opened.onerror = fail;
    opened.onsuccess = () => {
      const read = opened.result.transaction("vault").objectStore("vault").get("vault");
      read.onsuccess = () => (opened.result.close(), done(read.result.share === null));
    };
  });
})"""


def test_whoever_reads_the_phones_files_finds_no_word_no_name_no_token(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path
) -> None:
    sent, unsent = (f"canary{secrets.token_hex(8)}" for _ in range(2))
    with hand(shared, chromium_options, tmp_path / "profile") as (opened, pocket):
        phone = pocket.start()
        connect(phone, digits_from(office(opened)))
        eventually(lambda: len(names_in(pocket.facts("sync"))) > 3, "the families' ledgers come down")
        write_report(phone, sent)
        arrived(shared, sent)
        assert pocket.context
        pocket.context.set_offline(True)
        write_report(phone, unsent)  # and the phone is closed now: it asks for the PIN
        expect(phone.locator(".keypad")).to_be_visible()
        phone.evaluate(LAY_OPEN, CONTROL)
        pocket.stop()
        lying = pocket.bytes()
    (enrolled,) = pocket.facts("enrol")
    assert any(form in lying for form in forms(CONTROL)), "the search itself must be able to find"
    assert any(form in lying for form in forms(enrolled["push_token"])), "the token that may lie open"
    secret = {sent, unsent, enrolled["token"], enrolled["lease"]["share"], PIN * 2} | names_in(
        pocket.facts("sync")
    )
    assert [word for word in secret for form in forms(word) if form in lying] == []


def test_with_the_lease_over_nothing_opens_and_what_is_said_still_arrives(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path
) -> None:
    early, late = (f"canary{secrets.token_hex(8)}" for _ in range(2))
    with hand(shared, chromium_options, tmp_path / "profile") as (opened, pocket):
        phone = pocket.start()
        connect(phone, digits_from(office(opened)))
        eventually(lambda: any(pocket.facts("lease")), "the county learns what proves the PIN")
        assert pocket.context
        pocket.context.set_offline(True)
        write_report(phone, early)
        pocket.stop()

        phone = pocket.start(at=datetime.now().astimezone() + timedelta(days=15))
        assert pocket.context
        pocket.context.set_offline(True)
        enter(phone, PIN)
        expect(phone.locator(".note.error")).to_be_visible()
        assert phone.evaluate(SHARE_IS_GONE)
        write_report(phone, late)
        expect(phone.locator(".keypad")).to_be_visible()

        pocket.context.set_offline(False)
        assert arrived(shared, early)["text"] == early
        assert arrived(shared, late)["text"] == late
        expect(phone.locator(".keypad")).to_be_visible()
        enter(phone, PIN)
        expect(phone.locator(".doors")).to_be_visible()


@pytest.mark.parametrize("line", ["online", "offline, then online"])
def test_a_revoked_phone_hands_its_reports_in_and_nothing_is_left_on_it(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path, line: str
) -> None:
    with hand(shared, chromium_options, tmp_path / "profile") as (opened, pocket):
        phone = pocket.start()
        desk = office(opened)
        page = desk.url
        connect(phone, digits_from(desk))
        assert pocket.context
        if line != "online":
            pocket.context.set_offline(True)
            write_report(phone, f"canary{secrets.token_hex(8)}")
            expect(phone.locator(".keypad")).to_be_visible()
        desk.goto(page)
        revoke_newest(desk)
        if line == "online":
            phone.reload()
        else:  # no reload: what it is told as soon as there is a network is looked at below
            pocket.context.set_offline(False)
        expect(phone.locator(".saved .seal")).to_be_visible()
        databases = phone.evaluate(DATABASES)
        receipts = [r for answer in pocket.facts("sync") for r in answer["receipts"]]
        workers = phone.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length")
        caches = phone.evaluate("async () => (await caches.keys()).length")
    assert [name for name in databases if name.startswith("mulian-")] == []
    assert (workers, caches) == (0, 0)
    if line != "online":
        assert [(r["verdict"], r["code"]) for r in receipts] == [("refused", "sync.revoked")]

"""Phones in a real browser against a real server: nobody's, or somebody's in a language of their choice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.browsing import PATIENCE, eventually
from tests.journeys.servers import Server

SIZE = {"width": 360, "height": 740}
LANGUAGES = {"bo": "bo-CN", "zh": "zh-CN"}
GANDE = {"latitude": 33.9692, "longitude": 99.9008, "accuracy": 12}
LIAISON = "liaison1"


@dataclass
class Phone:
    """One phone in one language."""

    page: Page
    language: str
    spoke: bool = False
    """A recording was begun; what was not saved of it lies on the first screen."""

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def home(self) -> None:
        self.page.goto("/field/")
        self.page.wait_for_selector("main")

    def households(self) -> None:
        self.home()
        self.page.locator("footer.dock .side").first.click()
        self.page.wait_for_selector(".list .row")

    def speak(self, seconds: float) -> None:
        """The microphone of the first screen, open for a while."""
        self.home()
        self.spoke = True
        self.page.locator("footer.dock button.mic").click()
        self.page.wait_for_selector("footer.dock button.mic.live")
        self.page.wait_for_timeout(seconds * 1000)

    def record(self, seconds: float = 1.5) -> None:
        """The same, and stopped."""
        self.speak(seconds)
        self.page.locator("footer.dock button.mic.live").click()
        self.page.wait_for_selector(".voice .done")


Way = Callable[[Phone], None]

LEAVE = """place => {
  document.querySelector('main').dataset.left = ''
  location.hash = `#/${place}`
}"""
STILL = """() => new Promise(done => {
  let timer
  const still = () => document.querySelector('main .spinner') ? again() : (watch.disconnect(), done())
  const again = () => { clearTimeout(timer); timer = setTimeout(still, 150) }
  const watch = new MutationObserver(again)
  watch.observe(document.body, { childList: true, subtree: true })
  again()
})"""


def go(page: Page, place: str) -> None:
    """To another screen by its address; the one before is off the glass."""
    page.evaluate(LEAVE, place)
    page.wait_for_selector("main:not([data-left])")


def in_charge(page: Page) -> None:
    """The service worker answers for this page."""
    eventually(
        lambda: page.evaluate("navigator.serviceWorker.controller !== null"), "the worker is in charge"
    )


def still(page: Page) -> None:
    """Nothing is being loaded, and long lists are drawn to their end."""
    page.evaluate(STILL)


@dataclass(frozen=True)
class Look:
    """A screen: its name (the picture's file name), the way there, and how the phone differs from an ordinary one."""

    name: str
    way: Way
    before: str = ""
    """Script run before the app starts."""
    given: Any = None
    """The script's argument."""
    enrolled: bool = True
    listens: bool = False
    """A microphone is open: the phone holds its tongue."""
    permissions: tuple[str, ...] = ("microphone", "geolocation")
    seen: str = "main"


@dataclass
class Gallery:
    """Phones against one server: one that is somebody's for each language, and new ones that are nobody's."""

    server: Server
    browser: Browser
    zoom: float = 1.0
    """How much larger than usual the person reads (the system's text size)."""
    owned: dict[str, BrowserContext] = field(default_factory=dict)

    @contextmanager
    def phone(self, look: Look, language: str) -> Iterator[Phone]:
        """A phone of this kind, in front of an empty page."""
        context = self._owned(language) if look.enrolled else self._context(language)
        context.clear_permissions()
        context.grant_permissions(list(look.permissions))
        page = context.new_page()
        if look.before:
            page.add_init_script(f"({look.before})({json.dumps(look.given)})")
        if self.zoom != 1:
            larger = {"fontSizes": {"standard": round(16 * self.zoom), "fixed": round(13 * self.zoom)}}
            context.new_cdp_session(page).send("Page.setFontSizes", larger)
        phone = Phone(page, language)
        try:
            yield phone
        finally:
            context.set_offline(False)
            page.close()
            if not look.enrolled:
                context.close()
            elif phone.spoke:
                _tidy(context)

    def _owned(self, language: str) -> BrowserContext:
        if language not in self.owned:
            context = self.owned[language] = self._context(language)
            enrol(self.server, page := context.new_page())
            Phone(page, language).households()  # the first pull
            # The person's own language came with the enrolment; the phone's owner chooses this one.
            page.locator("button[aria-haspopup=dialog]").click()
            page.locator(f"dialog button[lang^={language}]").click()
            page.wait_for_selector(f"html[lang^={language}]")  # kept, and not only asked for
            page.close()
        return self.owned[language]

    def _context(self, language: str) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.server.base_url, viewport=SIZE, has_touch=True, is_mobile=True,  # type: ignore[arg-type]
            locale=LANGUAGES[language], geolocation=GANDE,  # type: ignore[arg-type]
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        return context


def _tidy(context: BrowserContext) -> None:
    """Throws away recordings a look left unsaved, as a finger would."""
    page = context.new_page()
    page.goto("/field/")
    page.wait_for_selector("footer.dock button.mic")
    still(page)
    drafts = page.locator("main .note.draft")
    for left in range(drafts.count(), 0, -1):
        drafts.last.locator(".button").last.click()
        expect(drafts).to_have_count(left - 1)
    page.close()


def enrol(server: Server, page: Page, person: str = LIAISON) -> None:
    """Makes the phone the person's, by the link of a QR code."""
    page.goto(enrol_link(server, person))
    page.wait_for_selector("footer.dock button.mic")


def enrol_link(server: Server, person: str) -> str:
    """What the code of a new phone says; it works once, as `mulian device enrol` prints it."""
    command = [sys.executable, "-m", "mulian", "device", "enrol", person]
    here = {
        "MULIAN_DATABASE_URL": server.database_url,
        "MULIAN_DATA": str(server.folder),
        "MULIAN_DEMO": "true",
    }
    done = subprocess.run(command, env={**os.environ, **here}, capture_output=True, text=True, check=True)
    return f"{server.base_url}/field/#enrol={done.stdout.rpartition('#enrol=')[2].split()[0]}"

"""Every screen of the phone, by name, and the way there: for the journey that checks them and the tool that takes their
pictures (`python tools/screens.py`). A new screen is a line in `SCREENS`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.servers import Server

SIZE = {"width": 360, "height": 740}
LANGUAGES = {"bo": "bo-CN", "zh": "zh-CN"}
GANDE = {"latitude": 33.9692, "longitude": 99.9008, "accuracy": 12}
PATIENCE = 20_000
PIN = "2222"
LIAISON = "liaison1"
HELD_MS = 1300
"""The urgent button is held for a second, so that no pocket presses it."""

CATCH_MICROPHONE = """() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (wish) => (window.heard = await ask(wish))
}"""
A_CALL_COMES = "window.heard.getTracks()[0].dispatchEvent(new Event('mute'))"
NO_MICROPHONE = """(name) => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name))
}"""
DISK_FULL = """() => {
  const add = IDBObjectStore.prototype.add
  window.makeRoom = () => { IDBObjectStore.prototype.add = add }
  IDBObjectStore.prototype.add = function () { throw new DOMException('', 'QuotaExceededError') }
}"""
ALMOST_FULL = "() => { navigator.storage.estimate = async () => ({ quota: 5e7, usage: 4.9e7 }) }"
AN_OPEN_ADDRESS = "() => Object.defineProperty(window, 'isSecureContext', { value: false })"
AN_OLD_BROWSER = "() => { delete AbortSignal.timeout }"
NO_DATABASE = "() => Object.defineProperty(window, 'indexedDB', { value: undefined })"
A_NEWER_STORE = """() => {
  IDBFactory.prototype.open = () => { throw new DOMException('', 'VersionError') }
}"""
HOURS_AHEAD = """() => {
  const Real = Date, off = -3 * 3600000
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() - off) }
    static now() { return Real.now() - off }
  }
}"""


@dataclass
class Phone:
    """One phone in one language."""

    page: Page
    language: str

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def home(self) -> None:
        self.page.goto("/field/")
        self.page.wait_for_selector("main")

    def record(self, seconds: float = 1.5) -> None:
        """The microphone of the first screen, stopped after a while."""
        self.home()
        self.page.locator("footer.dock button.mic").click()
        self.page.wait_for_selector("footer.dock button.mic.live")
        self.page.wait_for_timeout(seconds * 1000)
        self.page.locator("footer.dock button.mic.live").click()
        self.page.wait_for_selector(".voice .done")


Way = Callable[[Phone], None]


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


def _start(phone: Phone) -> None:
    phone.home()


def _recording(phone: Phone) -> None:
    phone.home()
    phone.page.locator("footer.dock button.mic").click()
    phone.page.wait_for_selector(".voice.live")
    phone.page.wait_for_timeout(1200)


def _recorded(phone: Phone) -> None:
    phone.record()


def _families(phone: Phone) -> None:
    phone.record()
    phone.page.locator(".extras .tile.household").click()
    phone.page.wait_for_selector(".picker .family")
    phone.page.locator(".picker").evaluate("picker => picker.scrollIntoView()")


def _urgent(phone: Phone) -> None:
    phone.home()
    phone.page.locator("footer.dock [data-hold]").click(delay=HELD_MS)
    phone.page.wait_for_selector("footer.dock button.mic.live")
    phone.page.wait_for_timeout(800)
    phone.page.locator("footer.dock button.mic.live").click()
    phone.page.wait_for_selector(".hazards .tile")
    phone.page.locator(".hazards .tile").first.click()


def _saved(phone: Phone) -> None:
    phone.record()
    phone.page.locator("footer.dock .button.primary").click()
    phone.page.wait_for_selector(".saved")


def _call(phone: Phone) -> None:
    _recording(phone)
    phone.page.evaluate(A_CALL_COMES)
    phone.page.wait_for_selector(".voice.held")


def _unsaved(phone: Phone) -> None:
    _recording(phone)
    phone.page.goto("about:blank")
    phone.page.goto("/field/")
    phone.page.wait_for_selector(".note .button")


def _full(phone: Phone) -> None:
    phone.record()
    phone.page.locator("footer.dock .button.primary").click()
    phone.page.wait_for_selector(".trouble.grave")
    phone.page.locator(".trouble").scroll_into_view_if_needed()


def _no_microphone(phone: Phone) -> None:
    phone.home()
    phone.page.locator("footer.dock button.mic").click()
    phone.page.wait_for_selector(".voice .trouble")


def _no_place(phone: Phone) -> None:
    phone.record()
    phone.page.wait_for_selector(".extras .trouble")
    phone.page.locator(".extras .trouble").scroll_into_view_if_needed()


def _wrong_clock(phone: Phone) -> None:
    phone.home()
    phone.page.wait_for_selector(".trouble")


def _too_old(phone: Phone) -> None:
    answer = {
        "status": 400,
        "content_type": "application/problem+json",
        "body": '{"code":"sync.version","title":""}',
    }
    phone.page.route("**/field/sync", lambda route: route.fulfill(**answer))  # type: ignore[arg-type]
    phone.home()
    phone.page.wait_for_selector(".trouble.grave")


def _offline(phone: Phone) -> None:
    phone.home()
    phone.context.set_offline(True)
    phone.page.wait_for_selector(".note.warning")


def _languages(phone: Phone) -> None:
    phone.home()
    phone.page.locator("button[aria-haspopup=dialog]").click()
    phone.page.wait_for_selector("dialog[open]")


def _households(phone: Phone) -> None:
    phone.home()
    phone.page.locator("footer.dock .side").first.click()
    phone.page.wait_for_selector(".list .row", timeout=60_000)


def _household(phone: Phone) -> None:
    _households(phone)
    phone.page.locator(".list .row").first.click()
    phone.page.wait_for_selector(".page")


def _case(phone: Phone) -> None:
    phone.home()
    phone.page.locator(".list .row, .list .card").first.click()
    phone.page.wait_for_selector(".page")


def _at(place: str, shows: str = "main") -> Way:
    """A screen with an address of its own."""

    def way(phone: Phone) -> None:
        phone.home()
        phone.page.evaluate("place => { location.hash = `#/${place}` }", place)
        phone.page.wait_for_selector(shows)
        phone.page.wait_for_timeout(400)

    return way


def _unsent(place: str, shows: str) -> Way:
    """The same on a phone that said something without network."""

    def way(phone: Phone) -> None:
        phone.record()
        phone.context.set_offline(True)
        phone.page.locator("footer.dock .button.primary").click()
        phone.page.wait_for_selector(".saved")
        phone.page.evaluate("place => { location.hash = `#/${place}` }", place)
        phone.page.wait_for_selector(shows)
        phone.page.wait_for_timeout(400)

    return way


def _first(place: str) -> Way:
    """The first thing of a list."""

    def way(phone: Phone) -> None:
        _at(place, ".row")(phone)
        phone.page.locator("main .row").first.click()
        phone.page.wait_for_selector("footer.dock")
        phone.page.wait_for_timeout(400)

    return way


def _moved(phone: Phone) -> None:
    """A family that moved today, told where there is no network."""
    _households(phone)
    for row in range(phone.page.locator(".list .row").count()):
        _households(phone)
        phone.page.locator(".list .row").nth(row).click()
        phone.page.wait_for_selector(".page")
        if phone.page.locator(".camps .button.small").count():
            break
    phone.context.set_offline(True)
    phone.page.locator(".camps .button.small").first.click()
    phone.page.wait_for_selector(".camps .note")
    phone.page.locator(".camps .note").scroll_into_view_if_needed()


def _found(phone: Phone) -> None:
    _at("search")(phone)
    phone.page.fill("input[type=search]", "柯曲")
    phone.page.wait_for_selector(".list .row")


def _way_there(phone: Phone) -> None:
    _at("map", ".pair-row")(phone)
    phone.page.locator(".pair-row .row").nth(1).click()
    phone.page.wait_for_selector(".paper .way")
    phone.page.evaluate("scrollTo(0, 0)")


def _type_pin(phone: Phone) -> None:
    for _ in PIN:
        phone.page.locator(".keypad .key", has_text=PIN[0]).first.click()
    phone.page.locator(".keypad .key.go").click()


def _pin_chosen(phone: Phone) -> None:
    """From here on this phone asks for its PIN at every start."""
    _at("pin", ".keypad")(phone)
    _type_pin(phone)
    phone.page.wait_for_timeout(300)
    _type_pin(phone)
    phone.page.wait_for_selector(".keypad", state="detached")


def _locked(phone: Phone) -> None:
    _pin_chosen(phone)
    phone.page.reload()
    phone.page.wait_for_selector(".keypad")


UNFIT = ".unfit .trouble"
SCREENS: tuple[Look, ...] = (
    Look("enrol", _start, enrolled=False),
    Look("home", _start),
    Look("languages", _languages, seen="dialog"),
    Look("report-recording", _recording, listens=True),
    Look("report-recorded", _recorded),
    Look("report-urgent", _urgent),
    Look("report-household", _families),
    Look("report-saved", _saved, seen=".saved"),
    Look("report-call", _call, before=CATCH_MICROPHONE, listens=True),
    Look("report-unsaved", _unsaved),
    Look("households", _households),
    Look("household", _household),
    Look("case", _case),
    Look("cases", _at("cases")),
    Look("search", _at("search")),
    Look("search-found", _found),
    Look("household-moved", _moved),
    Look("map", _at("map")),
    Look("map-way", _way_there),
    Look("map-no-place", _at("map", "main .note"), permissions=("microphone",)),
    Look("clips", _at("clips")),
    Look("tasks", _at("tasks")),
    Look("task", _first("tasks")),
    Look("status", _at("status")),
    Look("status-waiting", _unsent("status", ".list .row")),
    Look("carry", _at("carry")),
    Look("carry-give", _at("carry/give")),
    Look("carry-codes", _unsent("carry/give", ".codes canvas")),
    Look("carry-take", _at("carry/take")),
    Look("pin", _at("pin", ".keypad")),
    Look("trouble-offline", _offline),
    Look("trouble-storage-full", _full, before=DISK_FULL),
    Look("trouble-storage-low", _wrong_clock, before=ALMOST_FULL),
    Look("trouble-microphone-refused", _no_microphone, before=NO_MICROPHONE, given="NotAllowedError"),
    Look("trouble-microphone-busy", _no_microphone, before=NO_MICROPHONE, given="NotReadableError"),
    Look("trouble-microphone-missing", _no_microphone, before=NO_MICROPHONE, given="NotFoundError"),
    Look("trouble-no-place", _no_place, permissions=("microphone",)),
    Look("trouble-clock", _wrong_clock, before=HOURS_AHEAD),
    Look("trouble-app-too-old", _too_old),
    Look("trouble-open-address", _start, before=AN_OPEN_ADDRESS, enrolled=False, seen=UNFIT),
    Look("trouble-old-browser", _start, before=AN_OLD_BROWSER, enrolled=False, seen=UNFIT),
    Look("trouble-no-database", _start, before=NO_DATABASE, enrolled=False, seen=UNFIT),
    Look("trouble-newer-store", _start, before=A_NEWER_STORE, enrolled=False, seen=UNFIT),
    Look("locked", _locked),
)


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
        try:
            yield Phone(page, language)
        finally:
            context.set_offline(False)
            page.close()
            if look.enrolled:
                _tidy(context)
            else:
                context.close()

    def _owned(self, language: str) -> BrowserContext:
        if language not in self.owned:
            context = self.owned[language] = self._context(language)
            enrol(self.server, page := context.new_page())
            _households(Phone(page, language))  # the first pull
            # The person's own language came with the enrolment; the phone's owner chooses this one.
            page.locator("button[aria-haspopup=dialog]").click()
            page.locator(f"dialog button[lang^={language}]").click()
            page.wait_for_selector("dialog", state="detached")
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
    page.wait_for_timeout(200)
    while page.locator("main .note.draft").count():
        page.locator("main .note.draft .button").last.click()
        page.wait_for_timeout(100)
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

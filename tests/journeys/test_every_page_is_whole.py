"""Every page people work with is whole in Tibetan on a narrow screen, and lets itself be read aloud.

A page is whole when nothing sticks out of a 390 px screen, no Latin words are left on a Tibetan page, the browser's
console stays silent, and axe finds nothing serious.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import PATIENCE, Screens, as_staff, screens
from tests.journeys.looking import AXE, faults, kept_words
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NARROW = {"width": 390, "height": 844}
EVERYBODYS = ("/about/", "/settings/", "/notices/", "/account/second/")
ROLES = {
    "administrator": ("/people/new/", "/people/phones/"),
    "county_duty2": ("/cases/new/", "/duty/refused/", "/tasks/new/"),
    "village_lead": ("/households/new/", "/tasks/new/"),
    "transport": (),
}
"""Who looks, and where they look beyond their navigation."""


def watched(page: Page, silence: list[str]) -> Page:
    """Whatever the console or a script complains about lands in `silence`."""
    page.on("console", lambda told: silence.append(f"console: {told.text}") if told.type == "error" else None)
    page.on("pageerror", lambda error: silence.append(f"script: {error}"))
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return page


def navigation(page: Page) -> list[str]:
    links = page.locator("nav a[href]").evaluate_all("all => all.map(a => a.href)")
    return list(dict.fromkeys(urlsplit(link).path for link in links))


def cases_of(server: Server, username: str) -> list[str]:
    """A case of each state this person sees, as pages."""
    listed = as_staff(server, username, "/cases?limit=100")
    states = {case["state"]: case["id"] for case in listed["items"]} if listed else {}
    return [f"/cases/{states[state]}/" for state in ("reported", "in_work", "answered") if state in states]


def desk_pages(opened: Screens, username: str, kept: set[str]) -> dict[str, list[str]]:
    """Fault lists by who and where."""
    silence: list[str] = []
    page = watched(opened.desk(username, "bo"), silence)
    addresses = [*navigation(page), *EVERYBODYS, *ROLES[username], *cases_of(opened.server, username)]
    found = {}
    for address in dict.fromkeys(addresses):
        silence.clear()
        answer = page.goto(address)
        refused = [] if answer and answer.ok else [f"answers {answer and answer.status}"]
        found[f"{username} {address}"] = [*refused, *faults(page, kept), *silence]
    page.context.close()
    return found


def phone_home(opened: Screens, kept: set[str]) -> list[str]:
    """The phone's first screens: before and after it is somebody's."""
    silence: list[str] = []
    office = opened.desk("administrator")
    office.goto("/people/?q=liaison2")
    office.locator("tbody tr", has_text="liaison2").locator("th a").click()
    office.get_by_role("button", name="Enrol a phone").click()
    digits = office.locator(".digits").inner_text().replace(" ", "")
    office.context.close()
    page = opened.phone()
    watched(page, silence)
    page.locator("button[aria-haspopup=dialog]").click()
    page.locator('dialog button[lang="bo"]').click()
    page.wait_for_selector('html[lang^="bo"]')
    found = faults(page, kept)
    page.fill("input.code", digits)
    page.locator("form button[type=submit]").click()
    page.wait_for_selector("footer.dock button.mic", timeout=PATIENCE)
    return [*found, *faults(page, kept), *silence]


def test_every_page_is_whole(serve: Callable[..., Server], chromium_options: dict[str, Any]) -> None:
    assert AXE.exists(), "axe comes with the packages of assets/: make setup"
    kept, server = kept_words(), serve()
    found: dict[str, list[str]] = {}
    with screens(server, chromium_options) as opened:
        for username in ROLES:
            found |= desk_pages(opened, username, kept)
        found["phone"] = phone_home(opened, kept)
    assert len(found) > len(ROLES) * len(EVERYBODYS)
    assert {where: said for where, said in found.items() if said} == {}

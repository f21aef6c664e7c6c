"""Every page people work with is whole in Tibetan on a narrow screen, and lets itself be read aloud.

A page is whole when nothing sticks out of a 390 px screen, no Latin words are left on a Tibetan page, the browser's
console stays silent, and axe finds nothing serious.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import PATIENCE, Screens, as_staff, screens
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "assets/node_modules/axe-core/axe.min.js"
NARROW = {"width": 390, "height": 844}
EVERYBODYS = ("/about/", "/settings/", "/notices/", "/account/second/")
ROLES = {
    "administrator": ("/people/new/", "/people/phones/"),
    "county_duty2": ("/cases/new/", "/duty/refused/"),
    "village_lead": ("/households/new/",),
    "transport": (),
}
"""Who looks, and where they look beyond their navigation."""

STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 90))"""
TEXTS = """() => {
  const foreign = '[lang="en"], .languages, option[value="en"], script, style'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(foreign)) found.push(walker.currentNode.textContent)
  }
  for (const e of document.querySelectorAll('[title], [aria-label], [placeholder], [alt], [data-label]')) {
    if (!e.closest(foreign)) for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-label']) {
      found.push(e.getAttribute(name) ?? '')
    }
  }
  return [document.title, ...found]
}"""
HARD_TO_READ = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(each => ['serious', 'critical'].includes(each.impact))
  .map(each => each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 90)).join(' | '))"""

NAMED = re.compile(r"[A-Za-z]*\d[\w-]*|\bF\d\b")
"""Case numbers, codes and keys: letters with digits in them."""
LATIN = re.compile(r"[A-Za-z]{2,}")
"""What `TEXTS` leaves out is marked as English, or is a language called by its own name."""


def kept_words() -> set[str]:
    """Names that stay as they are in every language."""
    lines = (ROOT / "locale/unchanged.txt").read_text().splitlines()
    return {word for line in lines if not line.startswith("#") for word in LATIN.findall(line)}


def latin(page: Page, kept: set[str]) -> Iterator[str]:
    for text in page.evaluate(TEXTS):
        if set(LATIN.findall(NAMED.sub("", text))) - kept:
            yield f"Latin words: {' '.join(text.split())[:80]}"


def faults(page: Page, kept: set[str]) -> list[str]:
    page.evaluate(f"{AXE.read_text()};0")
    said = [f"sticks out: {element}" for element in page.evaluate(STICKS_OUT)]
    said += dict.fromkeys(latin(page, kept))
    return said + [f"hard to read: {violation}" for violation in page.evaluate(HARD_TO_READ)]


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
    page.wait_for_selector("dialog", state="detached")
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

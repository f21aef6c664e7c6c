"""Screens of a journey: staff in the console, a liaison's phone, all in one real browser against a real server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.journeys.servers import Server, request

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PATIENCE = 60_000
"""Milliseconds a screen may take on a busy machine; a limit, never a wait."""


@dataclass
class Screens:
    """Opens screens that do not know of each other, each in a context of its own."""

    server: Server
    browser: Browser

    def desk(self, username: str, language: str = "en") -> Page:
        """Somebody of the staff, signed in and reading `language`."""
        page = self._context(viewport=DESK).new_page()
        page.goto("/account/login/")
        page.fill("#id_login", username)
        page.fill("#id_password", self._password(username))
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/account/login/" not in url)
        with page.expect_navigation():  # else the language one had already is taken for the new page
            page.click(f'form.languages button[value="{language}"]')
        page.wait_for_selector(f'form.languages button[value="{language}"][aria-current]')
        return page

    def phone(self) -> Page:
        """A new phone that nobody has enrolled, with a made-up microphone."""
        context = self._context(
            viewport=PHONE, has_touch=True, is_mobile=True, permissions=["microphone"], locale="zh-CN"
        )
        page = context.new_page()
        page.goto("/field/")
        return page

    def _context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(base_url=self.server.base_url, **options)
        context.set_default_timeout(PATIENCE)
        return context

    def _password(self, username: str) -> str:
        return next(str(a["password"]) for a in self.server.facts["accounts"] if a["username"] == username)


@contextmanager
def screens(server: Server, options: dict[str, Any]) -> Iterator[Screens]:
    """Chromium for one journey; every screen closes with it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        try:
            yield Screens(server, browser)
        finally:
            browser.close()


def eventually(ask: Callable[[], Any], what: str, seconds: float = 90) -> Any:
    """The first true answer; a journey's only way to wait for what no screen shows."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := ask():
            return found
        time.sleep(0.1)
    raise AssertionError(f"never happened: {what}")


def caught(page: Page, held: list[Route], many: int = 1) -> list[Route]:
    """Requests a test holds back, once there are so many; a page tells of them only while it is waited for."""
    eventually(lambda: page.evaluate("1") and len(held) >= many, f"{many} requests")
    return held


def as_staff(server: Server, username: str, path: str) -> Any:
    """What the API answers one person."""
    token = next(a["api_token"] for a in server.facts["accounts"] if a["username"] == username)
    status, body, _ = request(server.port, "GET", f"/api/v1{path}", Authorization=f"Bearer {token}")
    return json.loads(body) if status == 200 else None

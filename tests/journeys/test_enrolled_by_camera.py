"""A phone nobody is enrolled on reads the county's code with its camera: no digit is typed, no letter is read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import qrcode
from playwright.sync_api import expect, sync_playwright

from tests.journeys.camera import still
from tests.journeys.phones import LIAISON, SIZE, enrol_link
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def code(text: str) -> bytes:
    out = io.BytesIO()
    qrcode.make(text, border=4).save(out, "PNG")
    return out.getvalue()


def test_another_code_is_said_to_be_one_and_the_countys_connects(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path
) -> None:
    other = code("https://pay.example/1")
    seen = still(tmp_path / "code.y4m", other, other, other, code(enrol_link(shared, LIAISON)))
    args = [*chromium_options["args"], f"--use-file-for-fake-video-capture={seen}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**{**chromium_options, "args": args})
        context = browser.new_context(
            base_url=shared.base_url, viewport=SIZE, has_touch=True, is_mobile=True,  # type: ignore[arg-type]
            locale="zh-CN", permissions=["microphone", "camera"],
        )  # fmt: skip
        page = context.new_page()
        page.goto("/field/")
        expect(page.locator("input.code")).to_be_visible()  # six digits stay
        page.locator(".enrol > .button").click()
        expect(page.locator(".enrol figcaption")).to_have_text("这不是连接用的码")
        expect(page.locator(".keypad")).to_be_visible()  # connected: now a PIN is chosen, or left for later
        browser.close()

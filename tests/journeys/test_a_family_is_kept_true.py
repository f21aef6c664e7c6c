"""Without network a fact is corrected, a new camp told of, a paper photographed; the county has all when online."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.core.providers.ocr.drawn import picture
from tests.journeys.browsing import PATIENCE, eventually
from tests.journeys.phones import GANDE, LIAISON, SIZE, enrol, go
from tests.journeys.servers import Phone, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

GRASSLAND = [(70, 100, 40, "草原承包经营权证"), (70, 200, 34, "承包面积1200亩")]


def told(server: Server, household: str) -> dict[str, Any]:
    """The household as another phone of the liaison gets it."""
    token = next(each["token"] for each in server.facts["devices"] if each["username"] == LIAISON)
    found = {change["id"]: change for change in Phone(server, token).pull() if change["kind"] == "household"}
    data: dict[str, Any] = found[household]["data"]
    return data


def with_yes_or_no(server: Server) -> tuple[str, str, bool]:
    """A family with facts of its own answered by yes or no: its id, the first one's code and value."""
    token = next(each["token"] for each in server.facts["devices"] if each["username"] == LIAISON)
    changes = Phone(server, token).pull()
    order = list(next(each for each in changes if each["kind"] == "catalogue")["data"]["items"])
    for change in (each for each in changes if each["kind"] == "household"):
        answered = {code: value for code, value in _own(change["data"]).items() if isinstance(value, bool)}
        if answered:
            code = min(answered, key=order.index)
            return change["id"], code, answered[code]
    raise AssertionError("the demo has families with facts")


def open_family(page: Page, household: str) -> None:
    go(page, f"household/{household}")
    expect(page.locator(".camps")).to_be_visible()


def correct(page: Page) -> str:
    """Turns the first yes or no of the page round; returns what it says now."""
    answered = page.locator(".register .row", has=page.locator(".value .icon")).first
    was = (answered.locator(".value").text_content() or "").strip()
    now = {"是": "否", "否": "是"}[was]
    answered.click()
    page.locator("dialog .pair .tile", has_text=now).click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(answered.locator(".value")).to_have_text(now)
    expect(answered.locator(".fact.good")).to_have_text("在这部手机里")
    return now


def add_unknown(page: Page) -> None:
    """Tells the first thing nobody knows of the family yet, and what is at its first camp."""
    page.locator(".register ~ button.button").first.click()
    expect(page.locator(".strip .tile").first).to_be_visible()
    page.locator(".list .row").first.click()
    sheet = page.locator("dialog.correct")
    expect(sheet).to_be_visible()
    if sheet.locator(".big-number").count():
        sheet.locator(".big-number").fill("3")
        sheet.locator(".button.primary").click()
    else:
        sheet.locator(".pair .tile, .button[aria-pressed]").first.click()
    expect(sheet).to_have_count(0)
    page.locator("header .round").first.click()


def at_a_camp(page: Page) -> None:
    """Says of the first camp that there is water."""
    page.locator(".camps .has").first.click()
    page.locator("dialog .fitting").first.locator(".tile.good").click()
    expect(page.locator("dialog .fitting").first.locator(".tile.good")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.locator("dialog > .button").click()


def photograph(page: Page) -> None:
    """The household's own paper that has nothing to cover, with a box put on it all the same."""
    page.locator(".register > .button").last.click()
    page.locator(".paper-kind").nth(2).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": picture(GRASSLAND)}
    )
    page.locator(".paper-dock .side").nth(1).click()
    expect(page.locator(".paper-box")).to_have_count(1)
    page.locator(".paper-dock .button.primary").click()
    page.locator(".saved .button").click()
    expect(page.locator(".register .marks.phone")).to_be_visible()


def test_what_was_told_in_the_valley_is_the_countys_when_the_line_is_back(
    serve: Callable[..., Server], chromium_options: dict[str, Any]
) -> None:
    server = serve()
    household, code, before = with_yes_or_no(server)
    known = set(_own(told(server, household)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(
            base_url=server.base_url, viewport=SIZE, has_touch=True, is_mobile=True,  # type: ignore[arg-type]
            locale="zh-CN", geolocation=GANDE, permissions=["geolocation", "microphone"],  # type: ignore[arg-type]
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        enrol(server, page)
        page.locator("button[aria-haspopup=dialog]").click()
        page.locator("dialog button[lang^=zh]").click()
        page.wait_for_selector("html[lang^=zh]")
        page.locator("footer.dock .side").first.click()
        page.wait_for_selector(".list .row")
        open_family(page, household)
        context.set_offline(True)

        correct(page)
        add_unknown(page)
        page.locator(".camps > .button").first.click()
        page.locator(".seasons .tile").nth(1).click()
        page.locator("footer.dock .button.primary").click()
        expect(page.locator(".camps .row.camp.here")).to_contain_text("夏季草场")
        at_a_camp(page)
        photograph(page)

        context.set_offline(False)
        camp = eventually(lambda: _at_a_new_camp(server, household), "the family is at its new camp")
        assert (round(camp["lat"], 3), round(camp["lon"], 3)) == (
            round(GANDE["latitude"], 3),
            round(GANDE["longitude"], 3),
        )
        eventually(lambda: _value(server, household, code) is (not before), "the fact is corrected")
        added = eventually(lambda: set(_own(told(server, household))) - known, "the new fact is there")
        assert len(added) == 1
        eventually(
            lambda: any(camp.get("water") is True for camp in told(server, household)["camps"]),
            "the camp has water",
        )
        # The county's own copy comes back with the verdict: in the same reply, or on a busy county with the next sync.
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(".bar .count.waiting")).to_have_count(0)
        expect(page.locator(".register .fact.good", has_text="县里已收到")).to_have_count(0)
        expect(page.locator(".camps .row.camp.here")).to_have_count(1)
        expect(page.locator(".register .marks.received")).to_be_visible(timeout=2 * PATIENCE)
        browser.close()


def _at_a_new_camp(server: Server, household: str) -> dict[str, Any] | None:
    data = told(server, household)
    here = (data.get("camp") or {}).get("id")
    return next(
        (c for c in data["camps"] if c["id"] == here and c["season"] == "summer" and c.get("accuracy")), None
    )


def _own(data: dict[str, Any]) -> dict[str, Any]:
    """The family's own facts, by code."""
    said = [said for said in data.get("items", []) if "member" not in said and "values" in said]
    return {code: value for each in said for code, value in each["values"].items()}


def _value(server: Server, household: str, code: str) -> Any:
    return _own(told(server, household))[code]

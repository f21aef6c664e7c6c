"""A village's own table: its columns get a meaning, a doubtful family is decided, it is taken over and back again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import PATIENCE, screens
from tests.journeys.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
SOURCE = "合成村委会旧台账"


def table(folder: Path, head: str, village: str, strange: str) -> Path:
    """A new family, one that may be in the register, and one whose year is none."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["户主", "村", "姓名", "与户主关系", "出生年", "民族", strange])
    sheet.append(["甲新云海本", village, "甲新云海本", "户主", "1980", "某某", 40])
    sheet.append([head, village, head, "户主", "", "某某", 12])
    sheet.append(["乙新云海本", village, "乙新云海本", "户主", "19", "某某", 7])
    file = folder / "旧台账.xlsx"
    book.save(file)
    return file


def a_family(desk: Page) -> tuple[str, str]:
    """A head of the ledger, and the name of the village that keeps it."""
    desk.goto("/households/")
    desk.locator("main table a[href^='/households/']").first.click()
    head = desk.locator("h1").inner_text().strip()
    return head, desk.locator("dl.facts .muted").first.inner_text().strip()


def bring(desk: Page, file: Path) -> None:
    """To the page that asks what the columns mean."""
    desk.goto("/households/tables/new/")
    desk.set_input_files("input[name=file]", file)
    desk.fill("input[name=source]", SOURCE)
    desk.fill("input[name=purpose]", "核对牲畜")
    desk.locator("main form button[type=submit]").click()
    expect(meanings(desk)).to_be_visible()


def meanings(desk: Page) -> Any:
    return desk.locator("form[action$='/meanings/']")


def meaning(desk: Page, heading: str) -> Any:
    return desk.get_by_label(heading, exact=True)


def step(desk: Page, verb: str) -> Any:
    return desk.locator(f"form[action$='/steps/{verb}/'] button")


def test_it_is_read_decided_taken_over_and_taken_back(
    shared: Server, chromium_options: dict[str, Any], tmp_path: Path
) -> None:
    with screens(shared, chromium_options) as opened:
        desk = opened.desk("village_lead", "zh-hans")
        head, village = a_family(desk)
        file = table(tmp_path, head, village, "圈里数")

        bring(desk, file)
        expect(meanings(desk)).to_contain_text("从不读取")
        expect(meaning(desk, "圈里数")).to_have_value("")
        meaning(desk, "圈里数").select_option("livestock.yak")
        meanings(desk).locator("button[type=submit]").click()

        # Nothing is taken over while a family waits for somebody's word.
        decision = desk.locator("form[action$='/decide/']").first
        expect(decision).to_be_visible(timeout=PATIENCE)
        expect(step(desk, "apply")).to_have_count(0)
        marked = tmp_path / "marked.xlsx"
        with desk.expect_download() as copy:
            desk.locator("a[href$='/marked/']").click()
        copy.value.save_as(marked)
        lines = [[cell.value for cell in row] for row in openpyxl.load_workbook(marked).worksheets[0].rows]
        assert any("乙新云海本" in row for row in lines), lines
        assert not any("某某" in row for row in lines), "what may not be kept is in no copy"

        decision.locator("button[value^='same:']").first.click()
        step(desk, "apply").click()
        expect(step(desk, "undo")).to_be_visible(timeout=PATIENCE)
        address = desk.url
        desk.goto("/households/?q=甲新云海本")
        expect(desk.locator("main table")).to_contain_text("甲新云海本")

        bring(desk, file)
        expect(meaning(desk, "圈里数")).to_have_value("livestock.yak")
        step(desk, "discard").click()

        desk.goto(address)
        step(desk, "undo").click()
        expect(desk.locator("main")).to_contain_text(re.compile("已退回"), timeout=PATIENCE)
        expect(step(desk, "undo")).to_have_count(0)

"""Pages of work that several share in a real browser, in Tibetan: all fits, keys reach it, no English is left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect, sync_playwright

from mulian.core.access import actors, devices
from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.kernel import clock
from mulian.modules.cases.actions import handing, merging, parts, raising, steps, whistling
from mulian.modules.cases.domain.outcomes import Outcome, Plan
from mulian.modules.cases.models import Case, MassEvent
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.test_in_a_browser import LATIN, LOW_TARGETS, OVERFLOW, sign_in
from tests.world import AT, VILLAGE, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
TIBETAN = "ཟམ་པ་ཆད་འདུག"


@pytest.fixture
def made(live_server: Any, whole_log: None) -> Iterator[dict[str, str]]:
    """Addresses by what they show; all cases are the cast's."""
    actors._cache.clear()
    devices._cache.clear()
    with clock.use(clock.FixedClock(AT)):
        with transaction.atomic():
            line = Line(build(AT))
            Person.objects.update(language="bo")
            addresses = _cases(line)
        yield addresses


def _cases(line: Line) -> dict[str, str]:
    called, disputed, planned = (line.report(household="near", text=TIBETAN) for _ in range(3))
    line.act(
        whistling.whistle, called, "township_officer", units=["dept.transport"], asked="看看桥能不能过车"
    )
    line.act(parts.report_in, called, "transport")
    line.act(handing.dispute, disputed, "village_deputy", reason="归口不清")
    line.act(steps.take, planned, "village_deputy")
    plan = Plan(outcome=Outcome.LONG, leader=line.world.people["leader"], review_on=date(2027, 4, 1))
    line.act(steps.solve, planned, "village_deputy", text="开春修桥", plan=plan)
    one, other = line.report("liaison", household="near"), line.report("liaison2")
    line.act(merging.merge, one, "county_duty", into=other.id)
    for who in ("liaison", "liaison2"):
        line.report(who, text="草原着火了", hazard="fire")
    raising.watch(list(Event.objects.filter(name="cases.reported")), now=AT)
    cases: dict[str, Case] = {"called": called, "disputed": disputed, "planned": planned, "joined": one}
    addresses = {name: f"/cases/{case.id}/" for name, case in cases.items()}
    return addresses | {"mass": f"/duty/mass/{MassEvent.objects.get().id}/"}


@pytest.fixture
def page(made: dict[str, str], live_server: Any, chromium_options: dict[str, Any]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        yield browser.new_context(base_url=live_server.url).new_page()
        browser.close()


def test_pages_fit_their_screens_and_speak_one_language(page: Page, made: dict[str, str]) -> None:
    asked = f"/what-if/?place={VILLAGE}&topic=road.bridge"
    pages = {
        "county_duty": (
            made["called"], made["disputed"], made["planned"], made["joined"], made["mass"], "/duty/",
            "/outcomes/", "/outcomes/?kind=long", asked,
        ),
        "transport": (made["called"],),
    }  # fmt: skip
    for who, addresses in pages.items():
        page.context.clear_cookies()
        sign_in(page, who)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            for number, address in enumerate(addresses):
                page.goto(address)
                for closed in page.locator("main details.others").all():
                    closed.locator("> summary").click()
                shown(page, f"{who}-{number}-{width}")
                assert page.evaluate(OVERFLOW) == [], (who, width, address)
                assert page.evaluate(LOW_TARGETS) == [], (who, width, address)
                assert [w for w in page.evaluate(LATIN) if "GD" not in w] == [], (who, width, address)


def test_a_part_is_answered_by_keyboard(page: Page, made: dict[str, str]) -> None:
    sign_in(page, "transport")
    page.goto(made["called"])
    form = page.locator("#step-answer-part")
    form.locator("textarea").fill("桥墩已加固")
    form.locator("button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#my-part")).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()


def shown(page: Page, name: str) -> None:
    """A picture to look at, where somebody asked for pictures."""
    if folder := os.environ.get("MULIAN_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

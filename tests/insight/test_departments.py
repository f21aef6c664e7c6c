"""A department sees the figures of what it has, and nobody else's."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest

from mulian.core.access.scope import unit_within
from mulian.core.events.models import Event
from mulian.insight.domain.periods import By, span
from mulian.insight.permissions import Permission
from mulian.insight.queries.counting import Reach
from mulian.insight.queries.figures import depth
from mulian.kernel import clock
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import handing
from tests.insight.conftest import settle
from tests.insight.test_pages import browser, page
from tests.modules.cases.conftest import Line, later
from tests.world import AT, COUNTY, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
MONTH = span(By.MONTH, AT.astimezone(CN).date())
NOW = later(hours=8)


@pytest.fixture(autouse=True)
def later_that_day(world: World) -> Iterator[None]:
    """Requests happen eight hours after the cast's moment."""
    with clock.use(clock.FixedClock(NOW)):
        yield


def handed(line: Line) -> None:
    """Three cases: one stays in the village, one is with the road office, one it has sent back."""
    line.report(household="near")
    for back in (False, True):
        case = line.report(household="near")
        line.act(handing.transfer, case, "village_lead", later(hours=1), to="dept.transport")
        if back:
            line.act(handing.give_back, case, "transport", later(hours=2), reason="不归口")
    settle(later(hours=3))


def test_its_figures_are_of_what_it_has(line: Line) -> None:
    handed(line)
    road = line.world.units["dept.transport"]
    found = depth(Reach(COUNTY, road), MONTH, NOW)

    assert found.total.cases == 1
    [own] = found.units
    assert (own.unit, own.figures.cases, own.figures.returns, own.rank) == (road, 1, 1, None)
    assert {code: tally.cases for code, tally in found.parts.items() if tally.cases} == {VILLAGE[:9]: 1}
    assert depth(Reach(COUNTY), MONTH, NOW).total.cases == 3


def test_the_page_shows_them_and_only_them(line: Line) -> None:
    handed(line)
    shown = page(line.world, "transport")
    assert shown.count('href="/cases/') == 1
    assert "Villages" not in shown
    assert page(line.world, "transport", f"?area={VILLAGE}").count('href="/cases/') == 1
    page(line.world, "transport", f"?area={COUNTY[:4]}", status=404)


def test_the_table_it_takes_holds_only_them(line: Line) -> None:
    handed(line)
    asked = {"area": COUNTY, "by": "month", "of": MONTH.since.isoformat(), "purpose": "年终"}
    answer = browser(line.world, "transport").post("/figures/take/", asked)
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))

    _, total, *_ = [row for row in rows if len(row) > 2]
    assert total[2] == "1"
    told = Event.objects.get(name="insight.figures_taken")
    assert told.data["unit"] == str(line.world.units["dept.transport"])


WITHIN: dict[str, tuple[str, str | None]] = {
    "leader": (COUNTY, "all"),
    "township_officer": (VILLAGE, "all"),
    "township_officer ": (COUNTY, None),
    "transport": (COUNTY, "dept.transport"),
    "transport ": (COUNTY[:4], None),
    "liaison": (VILLAGE, None),
}


@pytest.mark.parametrize("who", WITHIN)
def test_whose_share_a_duty_reaches(line: Line, who: str) -> None:
    area, expected = WITHIN[who]
    actor = line.world.actor(who.strip())
    if expected is None:
        with pytest.raises(Problem, match="not_found"):
            unit_within(actor, Permission.VIEW, area)
        return
    unit = unit_within(actor, Permission.VIEW, area)
    assert unit == (None if expected == "all" else line.world.units[expected])

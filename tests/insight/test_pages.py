"""The leaders' page: from the county down to a case within one's own reach; a table to take along."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.insight.domain.periods import By, span
from mulian.insight.web.drawing import drawing
from mulian.insight.web.table import inert
from mulian.kernel import clock
from mulian.kernel.clock import CN
from mulian.modules.cases.actions import steps
from tests.insight.conftest import settle
from tests.modules.cases.conftest import Line, later
from tests.world import AT, COUNTY, FAR, TOWNSHIPS, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = later(hours=8)


@pytest.fixture(autouse=True)
def later_that_day(world: World) -> Iterator[None]:
    """Requests happen eight hours after the cast's moment."""
    with clock.use(clock.FixedClock(NOW)):
        yield


def browser(world: World, who: str) -> Client:
    Person.objects.filter(id=world.people[who]).update(language="en")
    client = Client(headers={"Accept": "text/html"})
    client.force_login(Person.objects.get(id=world.people[who]))
    return client


def page(world: World, who: str, query: str = "", status: int = 200) -> str:
    answer = browser(world, who).get(f"/figures/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_from_the_county_down_to_a_case(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, "village_lead", later(hours=1))
    settle(NOW)
    for area, below in ((COUNTY, TOWNSHIPS[0]), (TOWNSHIPS[0], VILLAGE)):
        assert f"area={below}&amp;by=month" in page(line.world, "leader", f"?area={area}")
    assert f'href="/cases/{case.id}/"' in page(line.world, "leader", f"?area={VILLAGE}")
    assert case.number not in page(line.world, "leader", f"?area={TOWNSHIPS[0]}")


def test_nobody_looks_beyond_their_area(line: Line) -> None:
    settle(NOW)
    assert f'name="area" value="{VILLAGE}"' in page(line.world, "village_lead")
    for area in (COUNTY, TOWNSHIPS[0], FAR):
        page(line.world, "village_lead", f"?area={area}", status=404)
    page(line.world, "liaison", status=403)
    for nonsense in ("?by=year", "?of=yesterday", "?of=2030-01-01", "?area=x"):
        page(line.world, "leader", nonsense, status=404)


def test_a_complaint_is_in_no_figure_of_those_it_is_about(line: Line) -> None:
    line.report("liaison", about_person=line.world.people["village_lead"])
    settle(NOW)
    assert "Nothing was received here in this period" in page(line.world, "village_lead")


def test_few_cases_stand_without_a_place(line: Line) -> None:
    line.report(household="near")
    settle(NOW)
    shown = page(line.world, "leader")
    assert "few cases" in shown
    assert 'data-label="Stayed solved"' not in shown


def test_from_twenty_cases_on_offices_have_a_place(line: Line) -> None:
    for number in range(20):
        case = line.report(household="near", at=later(minutes=number))
        line.act(steps.take, case, "village_lead", later(hours=1))
        if number < 5:
            line.act(steps.solve, case, "village_lead", later(hours=2), text="修好了")
    settle(NOW)
    shown = page(line.world, "leader", f"?area={VILLAGE}")
    assert 'data-label="Place among them">1</td>' in shown
    assert 'data-label="Stayed solved">25.0%</td>' in shown
    assert shown.count("<polyline") == 2 + (2 + 3 + 2), "shares of one month alone make no line"
    assert shown.count("<circle") == 2 * 12 + 3 + 2


def test_a_table_is_taken_for_a_purpose_and_runs_nothing(line: Line) -> None:
    line.report(household="near")
    settle(NOW)
    month = span(By.MONTH, AT.astimezone(CN).date())
    asked = {"area": COUNTY, "by": "month", "of": month.since.isoformat()}
    leader = browser(line.world, "leader")
    refused = leader.post("/figures/take/", asked)
    assert refused.status_code == 422
    assert "Say what the table is for." in refused.content.decode()
    answer = leader.post("/figures/take/", asked | {"purpose": "=cmd|' /C calc'!A0"})

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[3] == ["Purpose", "'=cmd|' /C calc'!A0"]
    assert [row[2] for row in rows if row[:1] == ["All"]] == ["1"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    told = Event.objects.get(name="insight.figures_taken")
    assert (told.data["area"], told.actor) == (COUNTY, line.world.people["leader"])


def test_who_may_not_take_a_table_gets_none(line: Line) -> None:
    assert browser(line.world, "village_lead").post("/figures/take/", {"purpose": "x"}).status_code == 403
    asked = {"area": COUNTY, "purpose": "x"}
    assert browser(line.world, "township_officer").post("/figures/take/", asked).status_code == 404


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("+86", "'+86"), ("-", "'-"), ("@x", "'@x"), (" =1", "' =1"), ("\t=1", "'\t=1"), ("村", "村"),
     ("12", "12"), ("", "")],
)  # fmt: skip
def test_inert_cells(cell: str, safe: str) -> None:
    assert inert(cell) == safe


def test_a_line_stops_where_nothing_is_known() -> None:
    found = drawing(["a", "b", "c", "d"], [("cases", [1.0, 2.0, None, 4.0])])
    assert found is not None
    [line] = found.series
    assert (len(line.pieces), len(line.marks)) == (1, 3)
    assert drawing(["a"], [("cases", [None])]) is None

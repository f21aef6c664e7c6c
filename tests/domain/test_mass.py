"""Mass events: when several reports are one thing, and when they are not."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel.geo import Point
from mulian.modules.cases.domain.mass import Mass, Sighting, belong, gathered, over, township
from tests.domain.county import T1, T2, V1, V2, V3, V5
from tests.world import AT


def seen(name: str, minutes: float, area: str = V1, matter: str = "snow", **more: object) -> Sighting:
    said = {"hazard": True, "who": _id(name), **more}
    return Sighting(id=_id(name), matter=matter, at=AT + timedelta(minutes=minutes), area=area, **said)  # type: ignore[arg-type]


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def point(kilometres: float) -> Point:
    return Point(33.9 + kilometres / 111.2, 100.1)


@pytest.mark.parametrize(
    ("reports", "raised"),
    [
        ([seen("a", 0)], 0),
        ([seen("a", 0), seen("b", 10)], 2),  # two of a hazard within ten minutes
        ([seen("a", 0), seen("b", 11)], 0),
        ([seen("a", 0, hazard=False), seen("b", 5, hazard=False)], 0),  # a broken service waits for the third
        ([seen("a", 0, hazard=False), seen("b", 50, hazard=False), seen("c", 99, hazard=False)], 3),
        ([seen("a", 0), seen("b", 60, V2), seen("c", 120, V3)], 3),
        ([seen("a", 0), seen("b", 5, V5)], 0),  # another township
        ([seen("a", 0), seen("b", 5, matter="fire")], 0),
        ([seen("a", 0), seen("b", 60 * 25), seen("c", 60 * 25 + 30)], 0),  # a day and more apart: two of them
        (
            [seen("a", 0, who=_id("h")), seen("b", 1, who=_id("h")), seen("c", 2, who=_id("h"))],
            0,
        ),  # one family
        ([seen("a", 0, area="990001"), seen("b", 5, area="990001")], 0),  # only the county is known
        ([seen("a", 0, point=point(0)), seen("b", 5, V5, point=point(19))], 2),  # a border is no wall
        ([seen("a", 0, point=point(0)), seen("b", 5, point=point(21))], 0),
        ([seen("a", 0, point=point(0)), seen("b", 30, point=point(15)), seen("c", 60, point=point(30))], 3),
    ],
)
def test_when_reports_are_one_event(reports: list[Sighting], raised: int) -> None:
    assert len(gathered(reports[-1], reports[:-1], Mass())) == raised


def test_an_event_of_the_first_township_ends_when_nothing_more_comes() -> None:
    found = gathered(seen("b", 5, V5, point=point(2)), [seen("a", 0, point=point(0))], Mass())
    assert (township(found), T1 != T2) == (T1, True)
    assert not over(AT, AT + timedelta(hours=24), Mass())
    assert over(AT, AT + timedelta(hours=24, seconds=1), Mass())


@given(st.lists(st.tuples(st.integers(0, 2000), st.sampled_from([V1, V2, V5])), min_size=1, max_size=8))
def test_belonging_is_mutual_and_the_order_of_reports_does_not_matter(marks: list[tuple[int, str]]) -> None:
    reports = [seen(str(n), minutes, area) for n, (minutes, area) in enumerate(marks)]
    first, *rest = reports
    assert gathered(first, rest, Mass()) == gathered(first, rest[::-1], Mass())
    for each in rest:
        assert belong(first, each, Mass()) == belong(each, first, Mass())

"""G19: published figures hide everybody, also from who keeps all that was ever published."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.core.access import doors
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions.figures import counts, sweep_figures
from mulian.modules.cases.actions.knocking import Knock, take
from mulian.modules.cases.domain.figures import Cell, Count, publish
from mulian.modules.cases.models import PublishedFigure, PublishedMonth
from tests.site.portal.conftest import Visitor
from tests.world import VILLAGE, World

K = 10
TOWNSHIPS, TOPICS = ["", "t1", "t2", "t3"], ["", "road", "water", "power", "school"]
grids = st.fixed_dictionaries(
    {(a, b): st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 90)) for a in TOWNSHIPS for b in TOPICS}
)


def table(families: dict[Cell, int]) -> dict[Cell, Count]:
    return {cell: Count(cases=n, solved=n // 2, families=n) for cell, n in families.items()}


@settings(max_examples=300, deadline=None)
@given(grids)
def test_g19_groups_are_large_and_cover_every_case_once(families: dict[Cell, int]) -> None:
    groups = publish(table(families), k=K)
    cells = [cell for group in groups for cell in group.cells]
    assert len(cells) == len(set(cells))
    for group in groups:
        assert group.cases == sum(families[cell] for cell in group.cells) >= K
    if groups:
        assert sum(group.cases for group in groups) == sum(families.values())


@settings(max_examples=300, deadline=None)
@given(grids)
def test_g19_no_cell_that_is_hidden_can_be_bounded(families: dict[Cell, int]) -> None:
    """The attacker knows every published number, the rule, and which cells a line is made of."""
    for group in publish(table(families), k=K):
        if len(group.cells) == 1:
            continue
        small = [cell for cell in group.cells if families[cell] < K]
        large = len(small) < len(group.cells)
        for cell in small:
            others = len(group.cells) - 1
            # Without a large cell every other may hold k-1 at most; with one nobody knows which it is.
            low = 0 if large else max(0, group.cases - (K - 1) * others)
            high = min(group.cases, group.cases if large else K - 1)
            assert (low, high >= K - 1) == (0, True), (group, cell)


def test_g19_nine_families_in_a_county_are_not_published_at_all() -> None:
    families = dict.fromkeys([(a, b) for a in TOWNSHIPS for b in TOPICS], 0)
    families["t1", "road"] = 9
    assert publish(table(families), k=K) == ()


@pytest.mark.django_db(databases="__all__")
def test_g19_a_month_is_published_once_and_never_changes(world: World) -> None:
    when = datetime(2026, 10, 15, 12, tzinfo=CN)
    doors.welcome(when)
    for number in range(12):
        said = Knock(
            id=uuid7(when + timedelta(seconds=number)), language="zh-hans", text="村里的路坏了", area=VILLAGE
        )
        take(said, at=when)
    assert sum(count.cases for count in counts(date(2026, 10, 1)).values()) == 12
    assert sweep_figures(datetime(2026, 11, 9, 12, tzinfo=CN)) == 0, "ten days after its end, not before"
    assert sweep_figures(datetime(2026, 11, 12, 12, tzinfo=CN)) == 1
    before = list(PublishedFigure.objects.values_list("township", "topic", "cases"))
    take(Knock(id=uuid7(), language="zh-hans", text="路", area=VILLAGE), at=when)
    assert sweep_figures(datetime(2026, 11, 13, 12, tzinfo=CN)) == 0
    assert list(PublishedFigure.objects.values_list("township", "topic", "cases")) == before
    assert list(PublishedMonth.objects.order_by("since").values_list("since", flat=True)) == [
        date(2026, 9, 1),
        date(2026, 10, 1),
    ]
    page = Visitor().get("/public/figures/")
    assert [(line.cases, line.solved_tenths) for line in page.context["lines"]] == [(12, 0)]
    assert Visitor().get("/public/figures/", month="2026-11-01").status_code == 404

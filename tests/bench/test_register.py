"""The benches of the ledger: what they count is what pages show, and small runs come to their end."""

from __future__ import annotations

import pytest

from bench import cases, forms, importing, pages, recount, register
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households.actions import Fact, update_household
from mulian.modules.households.actions.counting import rebuild
from mulian.modules.households.queries.totals import counted
from tests.world import AT, COUNTY, World, load_areas

TODAY = AT.astimezone(CN).date()


@pytest.mark.parametrize("run", register.RUNS, ids=lambda run: run.name)
def test_every_bench_is_there(run: cases.Run) -> None:
    assert (cases.ROOT / "bench" / f"{run.name}.py").exists()
    assert run.minutes <= 60


@pytest.mark.django_db(databases="__all__")
def test_a_plain_count_and_what_is_kept_agree_and_the_digest_knows_every_value(world: World) -> None:
    next_ = world.households["next"]
    before = recount.digest()
    assert before == recount.digest()
    update_household(household=next_, facts=[Fact(code="livestock.yak", value=31)], actor=SYSTEM, at=AT)
    assert recount.digest() != before
    rebuild()
    plain = recount.plain_totals(AT)
    kept = counted(COUNTY, TODAY)
    assert plain == {code: (t.households, t.people, t.herd, t.needs) for code, t in kept.items()}
    assert sum(herd for _, _, herd, _ in plain.values()) == 31


@pytest.mark.django_db(databases="__all__")
def test_a_form_is_published_with_its_time(db: None) -> None:
    load_areas(AT)
    row = next(iter(forms.published(1)))
    assert row.what.startswith("herder, ")
    assert row.goal == "≤ 2 s"


@pytest.mark.django_db(databases="__all__")
def test_a_small_table_comes_in_whole(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    load_areas(AT)
    assert importing._run(40, 20) == 0
    shown = capsys.readouterr().out
    assert "a table of 40 lines, 20 people known" in shown
    assert "together; CPU without the child that reads" in shown


def test_a_page_is_measured_without_its_first_time() -> None:
    asked: list[int] = []
    row = pages.row("a page", [lambda: asked.append(1)] * 3, 60.0)
    assert len(asked) == 4
    assert (row.goal, row.reached) == ("p95 ≤ 60000 ms", True)

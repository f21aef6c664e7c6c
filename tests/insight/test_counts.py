"""Kept figures are those that would be counted anew; a late fact changes exactly the periods it falls into."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from mulian.insight.actions import following
from mulian.insight.actions.counting import forget, keep, settled, sweep_moving, sweep_settled
from mulian.insight.commands import rebuild_command
from mulian.insight.domain.periods import By, Span, span
from mulian.insight.models import Count, Segment
from mulian.insight.queries.counting import Depth, Reach
from mulian.insight.queries.figures import depth
from mulian.insight.queries.figures import line as over_time
from mulian.insight.queries.kept import FRESH
from mulian.insight.queries.rows import stretches
from mulian.kernel.clock import CN
from mulian.modules.cases.actions import steps
from tests.insight.conftest import settle
from tests.insight.test_segments import wander
from tests.modules.cases.conftest import Line, later
from tests.world import AT, COUNTY, TOWNSHIPS, VILLAGE

pytestmark = pytest.mark.django_db(databases="__all__")
MONTH = span(By.MONTH, AT.astimezone(CN).date())
DAY = span(By.DAY, AT.astimezone(CN).date())
LONG_AFTER = later(days=120)


def reaches(line: Line) -> list[Reach]:
    road = line.world.units["dept.transport"]
    return [Reach(COUNTY), Reach(TOWNSHIPS[0]), Reach(VILLAGE), Reach(COUNTY, road), Reach(VILLAGE, road)]


def shown(line: Line, now: datetime) -> dict[Any, Depth]:
    return {(reach, of): depth(reach, of, now) for reach in reaches(line) for of in (MONTH, DAY)}


def rows() -> dict[Any, Any]:
    names = ("since", "until", "area", "unit", "upto", "body")
    return {row[:4]: row[4:] for row in Count.objects.values_list(*names)}


def sweep(now: datetime) -> None:
    while sweep_settled(now):
        pass


@pytest.mark.parametrize("seed", [5, 6])
def test_what_is_kept_is_what_would_be_counted(line: Line, seed: int) -> None:
    wander(line, seed, 90)
    anew = shown(line, LONG_AFTER)
    in_a_row = over_time(Reach(COUNTY), [MONTH, span(By.MONTH, MONTH.until)], LONG_AFTER)
    sweep(LONG_AFTER)

    assert {MONTH, DAY} <= set(settled())
    assert shown(line, LONG_AFTER) == anew
    assert not Count.objects.filter(since=DAY.since, until=DAY.until, area=VILLAGE).exists(), (
        "few cases a day"
    )
    Segment.objects.all().delete()
    kept = {key: found for key, found in shown(line, LONG_AFTER).items() if key[1] == MONTH}
    assert kept == {key: anew[key] for key in kept}
    assert over_time(Reach(COUNTY), [MONTH, span(By.MONTH, MONTH.until)], LONG_AFTER) == in_a_row


def test_a_period_is_kept_only_once_it_has_settled(line: Line) -> None:
    line.report()
    settle(later(hours=1))
    assert sweep_settled(DAY.settles - timedelta(seconds=1)) == 0
    ended = sorted(s for by in By if (s := span(by, DAY.since)).until == DAY.until)
    assert sweep_settled(DAY.settles) == len(ended)
    assert settled() == ended
    assert sweep_settled(DAY.settles) == 0


def test_a_late_fact_changes_exactly_its_periods(line: Line) -> None:
    """Two days; a case of the first was solved in time, and its delivery came after both days had been kept."""
    case = line.report()
    line.report(at=later(days=1))
    settle(later(days=1))
    line.act(steps.take, case, "village_lead", later(hours=1))
    line.act(steps.solve, case, "village_lead", later(hours=2), text="修好了")
    sweep(LONG_AFTER)
    before = rows()
    settle(LONG_AFTER)
    gone = before.keys() - rows().keys()

    assert {Span(since, until) for since, until, *_ in gone} == {
        s for by in By for s in [span(by, DAY.since)] if s.since <= DAY.since < s.until
    }
    assert depth(Reach(COUNTY), DAY, LONG_AFTER).total.solved == 1
    sweep(LONG_AFTER)
    assert rows().keys() == before.keys()
    assert depth(Reach(COUNTY), DAY, LONG_AFTER).total.solved == 1
    other = span(By.DAY, DAY.until)
    assert {k: v for k, v in rows().items() if k[0] == other.since} == {
        k: v for k, v in before.items() if k[0] == other.since
    }


def test_what_happens_after_a_period_settled_leaves_it_kept(line: Line) -> None:
    case = line.report()
    settle(later(hours=1))
    sweep(LONG_AFTER)
    before = rows()
    line.act(steps.take, case, "village_lead", LONG_AFTER)
    settle(LONG_AFTER + timedelta(hours=1))
    sweep(LONG_AFTER + timedelta(hours=1))

    assert before.items() <= rows().items()


def test_a_fact_that_comes_while_it_is_counted_is_not_missed(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between counting and writing a stretch comes in: the count is not written, the next sweep does it."""
    case = line.report()
    settle(later(hours=1))
    line.act(steps.take, case, "village_lead", later(hours=1))
    from mulian.insight.actions import counting

    count = counting.counted

    def meanwhile(*said: Any) -> Depth:
        found = count(*said)
        settle(LONG_AFTER)
        return found

    monkeypatch.setattr(counting, "counted", meanwhile)
    keep(DAY, DAY.settles)
    assert settled() == []
    keep(DAY, DAY.settles)
    assert settled() == [DAY]


def test_large_periods_that_move_are_kept_for_a_while(line: Line) -> None:
    for minutes in range(3):
        line.report(at=later(minutes=minutes))
    settle(later(hours=1))
    now = later(hours=1)
    assert (sweep_moving(now, large=3), Count.objects.count()) == (0, 0)
    assert sweep_moving(now, large=2) > 0
    line.report(at=later(minutes=70))
    settle(later(minutes=70))

    assert depth(Reach(COUNTY), MONTH, now + FRESH - timedelta(minutes=1)).upto == now
    assert depth(Reach(COUNTY), MONTH, now + FRESH - timedelta(minutes=1)).total.cases == 3
    assert depth(Reach(COUNTY), MONTH, now + FRESH).total.cases == 4
    assert settled() == []
    sweep(LONG_AFTER)
    assert depth(Reach(COUNTY), MONTH, LONG_AFTER).total.cases == 4


def test_rebuilding_writes_kept_periods_again_byte_for_byte(line: Line) -> None:
    wander(line, 8, 60)
    sweep(LONG_AFTER)
    before, print_of = rows(), following.digest()
    assert rebuild_command() == 0
    assert (rows(), following.digest()) == (before, print_of)
    Count.objects.filter(since=MONTH.since, until=MONTH.until, area=COUNTY).update(body="{}")

    assert (rebuild_command(), rebuild_command()) == (1, 0)
    assert rows() == before


def test_nothing_is_forgotten_for_what_is_not_late(line: Line) -> None:
    line.report()
    settle(later(hours=1))
    sweep(LONG_AFTER)
    before = rows()
    forget(stretches(Segment.objects.all()), later(days=1))
    assert rows() == before

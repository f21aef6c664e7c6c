"""Figures equal a recount from the log, add up, stay once they are counted, and cannot be bettered by tricks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from mulian.insight.domain.afterwards import Afterwards
from mulian.insight.domain.periods import By, Span, span, spans
from mulian.insight.domain.tallies import Tally
from mulian.insight.models import Segment
from mulian.insight.queries.counting import Depth, Reach
from mulian.insight.queries.figures import after, cases, depth
from mulian.insight.queries.figures import line as over_time
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import canary, feedback, handing, steps, urging
from mulian.modules.cases.actions.knocking import Knock, knock
from mulian.modules.cases.models import Case
from tests.insight.conftest import settle
from tests.insight.recount import recount
from tests.insight.test_segments import wander
from tests.modules.cases.conftest import Line, later
from tests.world import AT, COUNTY, TOWNSHIPS, VILLAGE, VILLAGE2

pytestmark = pytest.mark.django_db(databases="__all__")
MONTH = span(By.MONTH, AT.astimezone(CN).date())
SUMS = (
    "cases", "solved_once", "solved", "lowest", "taken_back", "unproven", "false", "overdue", "returns", "handed_on",
)  # fmt: skip


def shown(found: Depth) -> dict[str, Any]:
    """A depth in the recount's words."""
    total = found.total
    names = ("take", "contact", "solve", "answer")
    times = {name: total.times.get(name) for name in names}
    return {
        **{name: getattr(total, name) for name in SUMS},
        "outcomes": dict(total.outcomes),
        "times": {name: (m.of, m.median, m.p90) if m else None for name, m in times.items()},
        "units": {str(o.unit or ""): o.figures.cases for o in found.units if o.figures.cases},
        "topics": {topic: tally.cases for topic, tally in found.topics.items()},
    }


def again(area: str, of: Span, now: datetime) -> dict[str, Any]:
    return recount(area, of.start, of.end, min(now, of.settles))


def solved_by(line: Line, who: str = "village_lead", at: datetime = AT, **said: Any) -> Case:
    case = line.report(at=at)
    line.act(steps.take, case, who, at + timedelta(hours=1))
    line.act(steps.solve, case, who, at + timedelta(hours=2), **(said or {"text": "修好了"}))
    line.act(steps.answer, case, who, at + timedelta(hours=3), text="修好了")
    return case


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_figures_equal_a_recount_from_the_log(line: Line, seed: int) -> None:
    """Random histories: joins and partings, reopening, hand-overs, pauses, tests, held-back reports, the canary."""
    with transaction.atomic():
        knock(Knock(id=uuid7(AT), language="zh-hans", text="桥断了", area=VILLAGE), at=AT, because="haste")
    canary.sweep_canary(AT)
    for _ in range(3):
        line.report("liaison", about_person=line.world.people["village_lead2"])
    wander(line, seed, 90)
    now = later(days=90)

    assert line.report("liaison2", at=later(days=80)).kind == "problem"
    settle(now)
    for by in By:
        for of in dict.fromkeys(span(by, (AT + timedelta(days=d)).astimezone(CN).date()) for d in (0, 1, 80)):
            for area in (COUNTY, TOWNSHIPS[0], VILLAGE, VILLAGE2):
                assert shown(depth(Reach(area), of, now)) == again(area, of, now), (by, of, area)


def test_every_table_adds_up(line: Line) -> None:
    wander(line, 21, 60)
    found = depth(Reach(COUNTY), MONTH, later(days=60))
    named = cases(Reach(COUNTY), MONTH, later(days=60), 100)
    assert found.total.cases == len(named) > 2
    received = Segment.objects.filter(number=1).order_by("-received", "case").values_list("case", flat=True)
    assert named == [each for each in received if each in named]
    assert cases(Reach(COUNTY), MONTH, later(days=60), 2) == named[:2]
    for tallies in (found.parts, found.topics, found.outcomes):
        assert sum(t.cases for t in tallies.values()) == found.total.cases
        assert sum(t.solved for t in tallies.values()) == found.total.solved
    assert sum(found.total.outcomes.values()) == found.total.cases
    for name in ("cases", "solved", "returns", "handed_on"):
        assert sum(getattr(o.figures, name) for o in found.units) == getattr(found.total, name)


def test_a_counted_month_stays_and_says_what_came_after(line: Line) -> None:
    solved = [solved_by(line) for _ in range(4)]
    line.report(household="near")
    settle(later(hours=4))
    once = depth(Reach(COUNTY), MONTH, MONTH.settles + timedelta(seconds=1))
    late = MONTH.settles + timedelta(days=30)
    line.act(feedback.feedback, solved[0], "liaison", late, solved=False)
    line.act(urging.cancel_test, solved[0], "village_lead", late + timedelta(days=1))
    line.act(feedback.feedback, solved[1], "liaison", late, solved=False)
    line.act(handing.transfer, solved[1], "county_duty", late, to="dept.transport")
    settle(late + timedelta(days=2))
    then = depth(Reach(COUNTY), MONTH, late + timedelta(days=2))

    assert (once.total.cases, once.total.solved, once.total.solved_once) == (5, 4, 4)
    assert (then.total, then.units, then.parts) == (once.total, once.units, once.parts)
    assert after(Reach(COUNTY), MONTH, MONTH.settles + timedelta(seconds=1)) == Afterwards()
    came = after(Reach(COUNTY), MONTH, late + timedelta(days=2))
    assert came == Afterwards(opened_again=1, moved=1, left=1)


def test_months_in_a_row_are_each_counted_when_they_settle(line: Line) -> None:
    row = spans(By.MONTH, MONTH.since, 3)
    case = solved_by(line, at=AT - timedelta(days=25))
    line.act(feedback.feedback, case, "liaison", AT, solved=False)
    solved_by(line)
    settle(later(hours=4))

    assert [(t.cases, t.solved) for t in over_time(Reach(COUNTY), row, later(hours=5))] == [
        (0, 0),
        (1, 1),
        (1, 1),
    ]
    assert row[1].since.month + 1 == row[2].since.month


TRICKS: dict[str, tuple[Any, str, dict[str, int]]] = {
    "solving on words alone is called too early": (None, "", {"solved": 1, "unproven": 1, "false": 1}),
    "the family's no counts although it is solved again": (
        "veto",
        "",
        {"solved": 1, "taken_back": 1, "false": 1},
    ),
    "handing a case on is counted with who did": ("transfer", "", {"handed_on": 1, "solved": 0}),
    "calling it a test takes it out, and it is said": ("test", "", {"cases": 0}),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_betters_a_figure(line: Line, trick: str) -> None:
    what, _, expected = TRICKS[trick]
    case = line.report(household="near") if what in ("transfer", "test") else solved_by(line)
    if what == "veto":
        line.act(feedback.feedback, case, "liaison", later(hours=5), solved=False)
        line.act(steps.solve, case, "village_lead", later(hours=6), text="又修好了")
    if what == "transfer":
        line.act(handing.transfer, case, "village_lead", later(hours=5), to="dept.transport")
    if what == "test":
        line.act(urging.cancel_test, case, "village_lead", later(hours=5))
    settle(later(hours=7))
    total = depth(Reach(COUNTY), MONTH, later(hours=8)).total

    assert {name: getattr(total, name) for name in expected} == expected


def test_few_cases_have_no_place_and_no_share() -> None:
    assert Tally(cases=19, solved=19).few
    assert not Tally(cases=20, solved=1).few


def test_returns_stay_with_the_office_that_returned(line: Line) -> None:
    case = line.report(household="near")
    line.act(handing.transfer, case, "village_lead", later(hours=1), to="dept.transport")
    line.act(handing.give_back, case, "transport", later(hours=2), reason="不归口")
    settle(later(hours=3))
    units = {o.unit: o.figures for o in depth(Reach(COUNTY), MONTH, later(hours=4)).units}

    village, road = (line.world.units[code] for code in (f"village:{VILLAGE}", "dept.transport"))
    assert (units[village].handed_on, units[village].returns, units[village].cases) == (1, 0, 1)
    assert (units[road].handed_on, units[road].returns, units[road].cases) == (0, 1, 0)

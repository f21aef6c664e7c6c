"""Stretches of cases: whatever happens, they say how each case stands; what is over is never written again."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mulian.core.events.models import Delivery, Event
from mulian.core.events.stamper import stamp
from mulian.insight.actions import following
from mulian.insight.commands import rebuild_command
from mulian.insight.domain.stretches import Stretch
from mulian.insight.models import Segment
from mulian.insight.queries.rows import NAMES, stretches
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import climbing, feedback, handing, quieting, steps
from mulian.modules.cases.models import Case
from tests.insight.conftest import settle
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.test_random_acts import ACTS, PEOPLE

pytestmark = pytest.mark.django_db(databases="__all__")


def rows(case: Case) -> list[Stretch]:
    return list(stretches(Segment.objects.filter(case=case.id).order_by("number")))


def frozen_rows() -> dict[Any, tuple[Any, ...]]:
    """Everything that is over."""
    return {row[0]: row for row in Segment.objects.filter(until__isnull=False).values_list(*NAMES)}


def check(case: Case) -> None:
    """The last stretch is how the case stands; the others follow one another without a gap."""
    row, found = Case.unscoped.because("test").get(id=case.id), rows(case)
    now = found[-1].standing
    assert (now.state, now.unit, now.level) == (row.state, row.responsible_unit_id, row.responsible_level)
    assert (now.area, now.topic, now.kind) == (row.area_id, row.topic, row.kind)
    assert (now.urgent, now.outcome, now.joined) == (row.urgent, row.outcome, row.same_as_id is not None)
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert [each.until for each in found] == [*(each.since for each in found[1:]), None]
    assert {each.received for each in found} == {found[0].since}


def wander(line: Line, seed: int, acts: int) -> list[Case]:
    """Random acts of the whole cast; after each few the figures follow, and what was over stays as it was."""
    random = Random(seed)
    cases = [line.report("liaison", household="near"), line.report("liaison2"), line.report("liaison3")]
    hours = 0.0
    past: dict[Any, tuple[Any, ...]] = {}
    for _ in range(acts):
        hours += random.choice((0.1, 1, 20))
        case, other = random.sample(cases, 2)
        try:
            random.choice(ACTS)(line, case, other, random.choice(PEOPLE), later(hours=hours))
        except Problem:
            continue
        if random.random() < 0.3:
            for sweep in (climbing.sweep_promises, quieting.sweep_answered):
                sweep(later(hours=hours))
            settle(later(hours=hours))
            assert past.items() <= frozen_rows().items()
            past = frozen_rows()
    settle(later(hours=hours + 1))
    return cases


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_stretches_say_how_cases_stand(line: Line, seed: int) -> None:
    cases = wander(line, seed, 120)
    for case in cases:
        check(case)
    before = following.digest()

    assert Segment.objects.count() > len(cases)
    assert following.rebuild() == (Segment.objects.count(), True)
    assert following.digest() == before


def test_the_order_of_deliveries_does_not_matter(line: Line) -> None:
    case = line.report()
    line.act(steps.take, case, "village_lead", later(hours=1))
    line.act(steps.solve, case, "village_lead", later(hours=2), text="修好了")
    stamp(later(hours=3))
    told = list(Event.objects.filter(subject_id=case.id).order_by("-pos"))
    for event in (told[0], told[-1], *told):
        following.follow([event], now=later(hours=3))

    assert [each.standing.state for each in rows(case)] == ["reported", "taken", "solved"]


def test_opening_a_case_again_leaves_the_past_as_it_was(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, "village_lead", later(hours=1))
    line.act(steps.solve, case, "village_lead", later(hours=2), text="修好了")
    line.act(steps.answer, case, "village_lead", later(hours=3), text="修好了")
    line.act(steps.close, case, "village_lead", later(hours=4))
    settle(later(hours=5))
    past = frozen_rows()
    line.act(feedback.feedback, case, "liaison", later(days=40), solved=False)
    settle(later(days=40))

    assert past.items() <= frozen_rows().items()
    assert (rows(case)[-1].began, rows(case)[-1].because) == ("cases.reopened", "family")


def test_what_is_over_cannot_be_written_again(line: Line) -> None:
    case = line.report()
    line.act(steps.take, case, "village_lead", later(hours=1))
    settle(later(hours=2))
    over = Segment.objects.filter(case=case.id, until__isnull=False)

    with pytest.raises(DatabaseError), transaction.atomic():
        over.update(state="closed")
    assert [each.state for each in over] == ["reported"]


def test_late_work_stays_with_whom_it_was_late(line: Line) -> None:
    case = line.report()
    climbing.sweep_promises(later(days=9))
    line.act(handing.transfer, case, "county_duty", later(days=9, hours=1), to="dept.transport")
    settle(later(days=9, hours=2))

    assert [each.standing.overdue for each in rows(case)] == [False, True, False]


def test_no_delivery_is_left_over(line: Line) -> None:
    wander(line, 3, 30)
    assert set(Delivery.objects.filter(handler="insight.follow").values_list("state", flat=True)) == {"done"}


def test_the_command_says_whether_rows_were_what_the_log_says(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    case = line.report()
    line.act(steps.take, case, "village_lead", later(hours=1))
    settle(later(hours=2))
    assert rebuild_command() == 0
    Segment.objects.filter(case=case.id, until__isnull=True).update(state="closed")

    assert (rebuild_command(), rebuild_command()) == (1, 0)
    assert [each.standing.state for each in rows(case)] == ["reported", "taken"]
    assert capsys.readouterr().out.startswith("2 stretches from ")

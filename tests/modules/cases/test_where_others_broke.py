"""Bugs and weak points of other systems, by issue number, as tests of ours; those of clocks stand with the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from mulian.core.notify.models import Notice
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import (
    climbing,
    feedback,
    handing,
    merging,
    parts,
    raising,
    steps,
    whistling,
)
from mulian.modules.cases.domain.merging import Sameness
from mulian.modules.cases.domain.outcomes import Outcome as Kind
from mulian.modules.cases.domain.outcomes import Plan
from mulian.modules.cases.models import Case, MassEvent, Promise
from mulian.modules.cases.pack.joint import joint_of
from mulian.modules.cases.queries.parts import part_views
from tests.modules.cases.conftest import Line, later
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")
LEAD = "village_deputy"


def row(case: Case) -> Case:
    return Case.unscoped.because("test").get(id=case.id)


def code(line: Line, *args: object, **said: object) -> str:
    with pytest.raises(Problem) as problem:
        line.act(*args, **said)  # type: ignore[arg-type]
    return problem.value.code


def finished(line: Line) -> Case:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    line.act(steps.solve, case, LEAD, text="好了")
    line.act(steps.answer, case, LEAD, text="好了")
    done: Case = line.act(feedback.feedback, case, "liaison", solved=True)
    return done


def test_zammad_2949_a_closed_case_never_escalates(line: Line) -> None:
    case = finished(line)
    told = Notice.objects.filter(subject_id=case.id).count()
    climbing.sweep_promises(later(days=60))
    parts.sweep_parts(later(days=60))
    assert Notice.objects.filter(subject_id=case.id).count() == told
    assert not Promise.objects.filter(case=case, next_at__isnull=False).exists()


def test_zammad_904_a_merged_case_falls_due_nowhere_and_is_answered_with_the_other(line: Line) -> None:
    one, other = line.report("liaison", household="near"), line.report("liaison2")
    line.act(merging.merge, one, LEAD, into=other.id)
    climbing.sweep_promises(later(days=30))
    assert not Notice.objects.filter(subject_id=one.id, kind__in=("cases.near", "cases.overdue")).exists()


@pytest.mark.parametrize("hours", [0, 1, 200])
def test_osticket_1684_nobody_closes_at_once_to_dodge_the_clock(line: Line, hours: int) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    at = later(hours=hours)
    assert code(line, steps.close, case, LEAD, at=at) == "cases.illegal_step"
    assert code(line, steps.solve, case, LEAD, at=at) == "cases.evidence_needed"
    line.act(steps.solve, case, LEAD, at=at, text="好了")
    assert code(line, steps.close, case, LEAD, at=at) == "cases.illegal_step"


def test_osticket_a_reopened_case_keeps_the_clock_it_had(line: Line) -> None:
    """class.ticket.php:546 counts from the day of reopening."""
    case = finished(line)
    line.act(feedback.feedback, case, "liaison", at=later(days=3), solved=False)
    clock = Promise.objects.get(case=case, kind="solve")
    assert (clock.start, clock.due) == (AT, later(days=7))


def test_glpi_23359_the_time_in_solved_is_no_pause(line: Line) -> None:
    case = finished(line)
    line.act(feedback.feedback, case, "liaison", at=later(days=3), solved=False)
    assert Promise.objects.get(case=case, kind="solve").paused.total_seconds() == 0


def test_chatwoot_13392_a_late_answer_is_shown_as_late(line: Line) -> None:
    case = line.report(household="near")
    line.act(whistling.whistle, case, "township_officer", units=["dept.transport"], asked="看桥")
    line.act(parts.answer_part, case, "transport", at=later(days=9), text="来晚了")
    [view] = part_views(row(case), line.world.actor("township_officer"), later(days=10), "zh-hans")
    assert (view.clock.state, view.report_in.state) == ("late", "late")


def test_osticket_a_backlog_of_hundreds_is_gone_after_one_sweep(line: Line) -> None:
    """checkOverdue() takes one hundred a run, so a snowstorm drains for hours."""
    rows = [
        MassEvent(
            id=uuid7(AT),
            matter=f"snow{n}",
            hazard=True,
            area_id="632623204",
            first_at=AT,
            last_at=AT,
            raised_at=AT,
        )
        for n in range(230)
    ]
    MassEvent.objects.bulk_create(rows)
    assert raising.sweep_mass(later(days=3)) == 230


def test_fixmystreet_the_measure_of_sameness_is_the_countys_own(line: Line) -> None:
    """There the radius is changed by the makers; here by one line of the pack."""
    own = joint_of({"same": {"metres": 500, "days": 3, "suggest": 0.8}}).same
    assert own == replace(Sameness(), metres=500.0, days=3.0, suggest=0.8)


def test_slips_that_nobody_wants_end_with_the_county(line: Line) -> None:
    """Observed elsewhere: 3.2 hops a slip, 38 % returned in one street."""
    case = line.report(household="near")
    hops = 0
    for _ in range(9):
        try:
            line.act(handing.transfer, case, LEAD, to="dept.transport")
            line.act(handing.give_back, case, "transport", reason="不归我们")
            hops += 1
        except Problem:
            break
    held = row(case)
    assert (hops, held.returns, held.responsible_level) == (2, 2, "county")
    assert held.disputed_at is not None


def test_a_veto_undoes_a_false_close_out_however_it_was_registered(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    leader: UUID = line.world.people["leader"]
    plan = Plan(outcome=Kind.LONG, leader=leader, review_on=date(2027, 3, 1))
    line.act(steps.solve, case, LEAD, text="以后再说", plan=plan)
    line.act(feedback.feedback, case, "liaison", solved=False)
    assert (row(case).state, row(case).outcome) == ("taken", "")

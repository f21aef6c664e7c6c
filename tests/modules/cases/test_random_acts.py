"""Random acts of the whole cast on the real tables: whatever they try, the rows stay true."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import (
    climbing,
    feedback,
    handing,
    merging,
    parts,
    pausing,
    quieting,
    sorting,
    steps,
    urging,
    whistling,
)
from mulian.modules.cases.domain.handing import RETURNS
from mulian.modules.cases.domain.parts import OWED
from mulian.modules.cases.domain.states import UNSOLVED
from mulian.modules.cases.models import Case, Part, Promise, Receiver
from tests.modules.cases.conftest import Line, later

pytestmark = pytest.mark.django_db(databases="__all__")
PEOPLE = (
    "village_lead",
    "village_deputy",
    "township_officer",
    "county_duty",
    "transport",
    "leader",
    "liaison",
)
STEPS = 150
Act = Callable[[Line, Case, Case, str, Any], Any]


def _act(action: Callable[..., Any], **said: Any) -> Act:
    return lambda line, case, other, who, at: line.act(action, case, who, at=at, **said)


ACTS: tuple[Act, ...] = (
    _act(steps.take),
    _act(steps.start),
    _act(pausing.wait, reason="等零件"),
    _act(steps.solve, text="好了"),
    _act(steps.solve, text="好了", reason="不等了"),
    _act(steps.answer, text="好了"),
    _act(steps.close),
    _act(steps.reopen, reason="又坏了"),
    _act(handing.give_back, reason="不归口"),
    _act(handing.pass_up),
    _act(handing.transfer, to="dept.transport"),
    _act(handing.transfer, to="village:632623204201"),
    _act(handing.dispute, reason="不知归谁"),
    _act(handing.assign, units=["dept.transport"], reason="由交通负责"),
    _act(handing.assign, units=["township:632623204", "dept.transport"], reason="由乡负责"),
    _act(whistling.whistle, units=["dept.transport"], asked="来看看"),
    _act(parts.report_in),
    _act(parts.answer_part, text="看过了"),
    _act(sorting.correct_topic, topic="road.bridge"),
    _act(sorting.set_place, areas=["632623204201"]),
    _act(sorting.set_urgent),
    _act(feedback.feedback, solved=True),
    _act(feedback.feedback, solved=False),
    _act(urging.cancel_test),
    lambda line, case, other, who, at: line.act(merging.merge, case, who, at=at, into=other.id),
    _act(merging.unmerge),
)


def check(case: Case) -> None:
    """What must hold of one case's rows after every act, done or refused."""
    row = Case.unscoped.because("test").get(id=case.id)
    held = list(Receiver.objects.filter(case=row, until__isnull=True))
    [one] = [each for each in held if each.standing == "responsible"]
    assert (one.unit_id, one.person_id) == (row.responsible_unit_id, row.responsible_person_id)
    assert len({each.key for each in held}) == len(held)
    living = set(
        Promise.objects.filter(case=row, state__in=("running", "paused")).values_list("state", flat=True)
    )
    owed = Part.objects.filter(case=row, state__in=sorted(OWED))
    if row.state == "closed":
        assert (living, row.next_due) == (set(), None)
    if row.state not in UNSOLVED:
        assert not owed.exists()
    if row.state != "waiting":
        assert "paused" not in living
    assert row.returns <= RETURNS
    assert not owed.filter(unit=row.responsible_unit_id).exists()
    if row.disputed_at:
        assert row.responsible_level in ("county", "leader")
    if row.same_as_id:
        main = Case.unscoped.because("test").get(id=row.same_as_id)
        assert (row.state, row.joined, main.same_as_id) == ("closed", 0, None)
    joined = Case.unscoped.because("test").filter(same_as=row).count()
    assert row.joined == joined


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_tried_the_rows_stay_true(line: Line, seed: int) -> None:
    random = Random(seed)
    cases = [line.report("liaison", household="near"), line.report("liaison2"), line.report("liaison3")]
    hours, done, refused = 0.0, 0, 0
    for _ in range(STEPS):
        hours += random.choice((0.1, 1, 20))
        case, other = random.sample(cases, 2)
        try:
            random.choice(ACTS)(line, case, other, random.choice(PEOPLE), later(hours=hours))
            done += 1
        except Problem:
            refused += 1
        if random.random() < 0.1:
            for sweep in (climbing.sweep_promises, parts.sweep_parts, quieting.sweep_answered):
                sweep(later(hours=hours))
        for each in cases:
            check(each)
    assert done > STEPS / 20
    assert done + refused == STEPS

"""Promises and the ladder with a moved clock: each step exactly once, whoever sweeps and however often."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.modules.cases.actions import feedback, steps
from mulian.modules.cases.handlers import sweep_answered, sweep_promises
from mulian.modules.cases.models import Case, LadderStep, Promise
from tests import world as cast
from tests.modules.cases.conftest import Line, later
from tests.world import VILLAGE


def fired(case: Case) -> list[str]:
    return list(
        LadderStep.objects.filter(promise__case=case).order_by("fired_at", "id").values_list("key", flat=True)
    )


def test_a_week_of_forgetting(line: Line) -> None:
    case = line.report(household="near")
    sweep_promises(later(days=5))
    assert fired(case) == []
    sweep_promises(later(days=7 * 0.8, seconds=1))
    assert fired(case) == ["solve:remind:0"]
    told = Notice.objects.get(subject_id=case.id, kind="cases.near")
    assert told.person == line.world.people["village_deputy"]
    sweep_promises(later(days=7))
    assert ("township:632623204", "township_officer", "watching", "overdue") in line.receivers(case)
    sweep_promises(later(days=8))
    assert ("county_centre", "county_duty", "watching", "overdue") in line.receivers(case)
    sweep_promises(later(days=9))
    assert ("dept.transport", "transport", "watching", "overdue") in line.receivers(case)
    sweep_promises(later(days=10))
    assert (cast.COUNTY, "leader", "watching", "overdue") in line.receivers(case)
    for days in (10, 11, 40):
        sweep_promises(later(days=days))
    assert fired(case) == ["solve:remind:0", *(f"solve:overdue:{n}" for n in range(4))]
    assert (f"village:{VILLAGE}", "village_deputy", "responsible", "place") in line.receivers(case)
    assert Promise.objects.get(case=case).next_at is None


def test_a_sweep_that_slept_catches_up_once(line: Line) -> None:
    case = line.report(household="near")
    sweep_promises(later(days=30))
    sweep_promises(later(days=30))
    assert len(fired(case)) == len(set(fired(case))) == 5


def test_an_urgent_case_nobody_takes(line: Line) -> None:
    case = line.report(household="near", urgent=True)
    sweep_promises(later(minutes=15))
    assert {("township:632623204", "township_officer", "watching", "urgent"),
            (cast.COUNTY, "leader", "watching", "urgent")} <= line.receivers(case)  # fmt: skip
    sweep_promises(later(minutes=30))
    keys = ["take:remind:0", "take:urgent_first:0", "take:urgent_all:0"]
    assert sorted(fired(case)) == sorted(keys)
    assert Notice.objects.filter(subject_id=case.id, kind="cases.overdue", urgent=True).exists()


def test_a_taken_case_alarms_nobody(line: Line) -> None:
    case = line.report(household="near", urgent=True)
    line.act(steps.take, case, "village_deputy", at=later(minutes=10))
    sweep_promises(later(minutes=40))
    assert fired(case) == []
    assert Promise.objects.get(case=case, kind="take").state == "met"


def test_no_alarm_on_a_closed_case(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, "village_deputy")
    line.act(steps.solve, case, "village_deputy", text="修好了")
    line.act(steps.answer, case, "village_deputy", text="修好了")
    line.act(feedback.feedback, case, "liaison", solved=True)
    sweep_promises(later(days=60))
    assert fired(case) == []


def test_seven_quiet_days_close_an_answered_case(line: Line) -> None:
    case = line.report(household="near")
    for act, said in ((steps.take, {}), (steps.solve, {"text": "好了"}), (steps.answer, {"text": "好了"})):
        line.act(act, case, "village_deputy", **said)
    assert sweep_answered(later(days=7, seconds=-1)) == 0
    assert sweep_answered(later(days=7)) == 1
    assert sweep_answered(later(days=8)) == 0
    assert Case.unscoped.because("test").get(id=case.id).state == "closed"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_workers_at_once_fire_each_step_once() -> None:
    with transaction.atomic():
        line = Line(cast.build())
    cases = [line.report(household="near") for _ in range(12)]
    start, errors = threading.Barrier(3), []

    def work() -> None:
        try:
            start.wait()
            sweep_promises(later(days=7) + timedelta(seconds=1))
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for case in cases:
        assert sorted(fired(case)) == ["solve:overdue:0", "solve:remind:0"]
        names = list(Event.objects.filter(subject_id=case.id).values_list("name", flat=True))
        assert sorted(names) == ["cases.promise_near", "cases.promise_overdue", "cases.reported"]

"""The canary climbs every hour, on nobody's account; when it does not, health says so in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mulian.kernel import clock
from mulian.modules.cases.handlers import sweep_canary, sweep_promises
from mulian.modules.cases.models import LadderStep, Promise
from mulian.modules.cases.queries import lists
from mulian.modules.cases.queries.health import faults
from mulian.site import doctor, runtime
from tests.modules.cases.conftest import Line, later
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")


def hours(first: int, last: int, *, ladder: bool = True) -> None:
    """The worker's sweeps, every five minutes."""
    for minutes in range(first * 60, last * 60, 5):
        sweep_canary(later(minutes=minutes))
        if ladder:
            sweep_promises(later(minutes=minutes))


def test_it_climbs_every_hour_and_health_is_content() -> None:
    hours(0, 6)
    fired = LadderStep.objects.filter(promise__case__isnull=True).values_list("key", flat=True)
    assert sorted(fired) == ["canary:overdue:0"] * 6 + ["canary:remind:0"] * 6
    assert faults(later(hours=6)) == []


def test_a_ladder_that_stands_still_turns_health_red() -> None:
    hours(0, 3)
    hours(3, 6, ladder=False)
    found = faults(later(hours=6))
    assert len(found) == 1
    assert found[0].startswith(
        "the ladder stands still: the hourly test promise has not climbed since 2026-11-22 12:45"
    )
    hours(6, 7)
    assert faults(later(hours=7)) == []


@pytest.mark.parametrize("demo_clock", ["", "2026-11-22T10:00:00+08:00|60|2026-11-22T02:00:00+00:00"])
def test_healthz_and_doctor_say_it(demo_clock: str, settings: Any) -> None:
    """A demo's moved clock too: the canary lives by the same one."""
    settings.MULIAN_CLOCK = demo_clock
    hours(0, 3)
    with clock.use(clock.FixedClock(later(hours=3))):
        answer = Client().get("/healthz").json()
        assert (answer["status"], answer["faults"]) == ("ok", [])
    with clock.use(clock.FixedClock(later(hours=9))):
        answer = Client().get("/healthz")
        said = [finding for finding in doctor.findings() if finding.sentence.startswith("the ladder")]
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert "is the worker running?" in answer.json()["faults"][0]
    assert [finding.ok for finding in said] == [False]


def test_a_server_that_slept_is_given_time() -> None:
    hours(0, 3)
    woke = later(days=2)
    assert faults(woke, awake=woke) == []
    assert faults(woke + timedelta(hours=2, minutes=1), awake=woke) != []


def test_a_worker_that_never_ran_is_noticed_once_the_server_has_run_for_two_hours() -> None:
    assert faults(AT, awake=AT) == []
    assert faults(later(hours=3), awake=AT) != []
    assert faults(later(hours=3)) == []


def test_it_is_in_no_list_and_in_no_count(line: Line) -> None:
    hours(0, 2)
    line.report(household="near")
    actor = line.world.actor("county_duty")
    assert len(lists.inbox(actor, AT).items) == 1
    assert Promise.objects.filter(case__isnull=True).count() == 2
    assert not LadderStep.objects.filter(promise__case__isnull=True, promise__kind="solve").exists()


def test_last_weeks_canaries_go() -> None:
    hours(0, 2)
    sweep_canary(later(days=8))
    assert Promise.objects.filter(case__isnull=True).count() == 1


def test_standing_still_names_every_module() -> None:
    assert runtime.standing_still(AT) == []

"""Each handler runs exactly once per event, apart from the others, whatever fails or dies."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connections

from mulian.core.events import deliveries, queries, stamper, timers
from mulian.core.events.models import Delivery, Event, TimerRun
from mulian.core.registry import also
from tests.core.events import happenings
from tests.core.events.happenings import NOW, happen, module

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def caused() -> int:
    return Event.objects.filter(cause__isnull=False).count()


def test_a_handler_runs_once_per_event() -> None:
    with also(module("write_twice_as_much")):
        happen(1)
        stamper.stamp(NOW)
        assert deliveries.run_due(NOW) == 1
        assert deliveries.run_due(NOW) == 0
    assert caused() == 1


def test_a_poison_event_blocks_neither_others_nor_other_handlers() -> None:
    happenings.handled.clear()
    with also(module("choke", "write_down")):
        ids = [happen(n) for n in (1, 2, 3)]
        stamper.stamp(NOW)
        deliveries.run_due(NOW)
    assert happenings.handled == ids
    assert caused() == 2
    states = dict(Delivery.objects.filter(handler="tests.choke").values_list("event__data__number", "state"))
    assert states == {1: "done", 2: "pending", 3: "done"}


def test_events_handled_together_are_one_call_and_a_poison_one_fails_alone() -> None:
    happenings.calls.clear()
    with also(module("choke_together")):
        for n in (1, 3, 5):
            happen(n)
        stamper.stamp(NOW)
        assert deliveries.run_due(NOW) == 3
        assert happenings.calls == [[1, 3, 5]]
        for n in (7, 8, 9):
            happen(n)
        stamper.stamp(NOW)
        deliveries.run_due(NOW)
    together = [1001, 1003, 1005, 7, 8, 9]
    assert happenings.calls == [[1, 3, 5], together, *([number] for number in together)]
    assert caused() == 3 + 5
    assert Delivery.objects.get(event__data__number=8).state == Delivery.State.PENDING


def test_a_poison_event_ends_as_a_dead_letter_and_can_be_revived() -> None:
    now = NOW
    with also(module("choke")):
        happen(2)
        stamper.stamp(NOW)
        for _ in range(len(deliveries.BACKOFF) + 1):
            deliveries.run_due(now)
            now += timedelta(days=2)
        dead = queries.dead_letters()
        assert [d.attempts for d in dead] == [8]
        assert re.fullmatch(r"ValueError at \S+/happenings\.py:\d+ choke < \S+ _handle", dead[0].error)
        assert deliveries.run_due(now) == 0
        deliveries.revive(dead[0].id, now)
        assert deliveries.run_due(now) == 1
    assert caused() == 0


def test_two_workers_never_run_one_delivery_at_once() -> None:
    with also(module("write_twice_as_much")):
        for n in range(20):
            happen(n)
        stamper.stamp(NOW)

        def work() -> None:
            while deliveries.run_due(NOW, limit=3):
                pass
            connections.close_all()

        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert caused() == 20
    assert set(Delivery.objects.filter(event__cause__isnull=True).values_list("state", flat=True)) == {"done"}


def test_a_leased_delivery_returns_when_its_worker_died() -> None:
    with also(module("write_twice_as_much")):
        happen(1)
        stamper.stamp(NOW)
        Delivery.objects.update(leased_until=NOW + deliveries.LEASE)
        assert deliveries.run_due(NOW) == 0
        assert deliveries.run_due(NOW + deliveries.LEASE) == 1
    assert caused() == 1


def test_a_sweep_runs_when_due_and_a_bad_one_stops_no_other() -> None:
    happenings.swept.clear()
    with also(module(timers={"tests.bad": "sweep_badly", "tests.good": "sweep"})):
        timers.run_due(NOW)
        timers.run_due(NOW + timedelta(seconds=30))
        timers.run_due(NOW + timedelta(seconds=61))
    assert happenings.swept == [NOW, NOW + timedelta(seconds=61)]
    assert re.fullmatch(
        r"ValueError at \S+/happenings\.py:\d+ sweep_badly < \S+ _run",
        TimerRun.objects.get(name="tests.bad").error,
    )
    assert TimerRun.objects.get(name="tests.good").error == ""

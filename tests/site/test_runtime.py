"""What the worker's loops do first when they cannot do everything."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import connections

from mulian.core.events import stamper, timers
from mulian.core.registry import Module, Timer, also
from mulian.site.runtime import Deliver, Line
from tests.core.events import happenings
from tests.core.events.happenings import NOW, happen, module

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_reactions_take_only_a_little_while_the_line_is_behind() -> None:
    happenings.handled.clear()
    line = Line()
    deliver = Deliver(line)
    with also(module("write_down")):
        first = happen(1)
        stamper.stamp(NOW)
        line.behind = True
        assert deliver(NOW) == 1
        second = happen(2)
        stamper.stamp(NOW)
        assert deliver(NOW) == 0
        line.behind = False
        assert deliver(NOW) == 1
    assert happenings.handled == [first, second]


_silent, _begun, _swept = Event(), Event(), list[datetime]()


def sweep_silent(now: datetime) -> int:
    """A server that took the call and says nothing."""
    _begun.set()
    assert _silent.wait(30)
    connections.close_all()
    return 0


def sweep_deadlines(now: datetime) -> int:
    _swept.append(now)
    return 1


def test_a_silent_server_of_others_holds_up_no_deadline() -> None:
    """The mailbox hangs in its own thread; the sweep of everything else comes round."""
    found = Module(
        name="waiting",
        title="Waiting",
        timers=(
            Timer("waiting.mail", sweep=f"{__name__}.sweep_silent", every=timedelta(minutes=1), outside=True),
            Timer("waiting.deadlines", sweep=f"{__name__}.sweep_deadlines", every=timedelta(minutes=1)),
        ),
    )
    with also(found), ThreadPoolExecutor(1) as pool:
        threads = timers.threads()
        assert threads["waiting"] == {"waiting.mail"}
        assert "waiting.deadlines" in threads["sweep"]
        hanging = pool.submit(timers.run_due, NOW, threads["waiting"])
        assert _begun.wait(30)
        timers.run_due(NOW, frozenset({"waiting.deadlines"}))
        _silent.set()
        hanging.result(30)
    assert _swept == [NOW]


def test_a_module_that_speaks_with_other_machines_or_works_long_has_a_thread_for_it() -> None:
    found = timers.threads()
    assert {name: names for name, names in found.items() if name != "sweep"} == {
        "cases": {"cases.mailbox", "cases.machines"},
        "households": {"households.tables", "households.exports", "households.feeds"},
        "open311": {"open311.elsewhere", "open311.services"},
    }
    assert not any(names & found["sweep"] for name, names in found.items() if name != "sweep")

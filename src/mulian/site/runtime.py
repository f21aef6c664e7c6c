"""What works behind the requests, in a process of its own (`mulian worker`): it applies what was accepted, stamps,
delivers, sweeps and sends. Every server starts one beside it; on PostgreSQL there may be more.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import sys
import threading
import time
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from mulian.core.database.vendor import is_postgresql
from mulian.core.events import deliveries, stamper, timers
from mulian.core.events.models import Event, TimerRun
from mulian.core.notify import actions as notify
from mulian.core.registry import modules, resolve
from mulian.core.sync import applying, heartbeat
from mulian.core.sync.intake import WRITER
from mulian.core.sync.models import Command
from mulian.kernel import clock
from mulian.site import democlock, second
from mulian.site.loop import Loop
from mulian.site.second import Second

IDLE_SECONDS = 0.02
"""How often the line looks for what another process accepted; two empty looks cost 30 microseconds."""
STAMP_SECONDS = 0.1
GATHER_SECONDS = 0.02
"""After little, so that what arrives together is done together."""
MUCH = applying.SITTING // 2
"""So many commands in one sitting say that more wait; another applier may have taken the other half."""
BEHIND_THE_SERVER = 5
"""Niceness: where both want the same core, a phone that waits for its report to be taken in goes first."""
BEHIND_SECONDS = 10.0
"""Between two turns of deliveries while the line is behind."""
STILL = timedelta(minutes=1)
SWITCH_SECONDS = 0.002
"""Each database call lets go of the interpreter; with Python's 5 ms a thread waits long to get it back."""
GARBAGE = 20_000
"""New objects after which Python looks for cycles (it says 700): what was loaded at the start is never looked at."""
log = logging.getLogger(__name__)


class Line:
    """Applies, and stamps when little waited or some time has passed.

    One thread for both: as two they held up each other at the interpreter and at the database, which cost a third.
    """

    def __init__(self, second: Second | None = None) -> None:
        self._stamped = 0.0
        self._second = second
        self.behind = False
        """Whether more waited than one sitting takes."""

    def __call__(self, now: datetime) -> int:
        done = 0
        try:
            done = applying.apply_waiting(now)
        finally:
            self.behind = done >= MUCH
            if self._second:
                self._second.call(self.behind)
            if done < MUCH or time.monotonic() - self._stamped > STAMP_SECONDS:
                stamper.stamp(now)
                self._stamped = time.monotonic()
        if 0 < done < MUCH:
            time.sleep(GATHER_SECONDS)
        return done


class Deliver:
    """Reactions to events. While the line is behind they take only a little: what somebody waits for goes first."""

    def __init__(self, line: Line) -> None:
        self._line, self._ran = line, 0.0

    def __call__(self, now: datetime) -> int:
        if self._line.behind and time.monotonic() - self._ran < BEHIND_SECONDS:
            return 0
        self._ran = time.monotonic()
        return deliveries.run_due(now)


class Runtime:
    """The loops of this process; `start` once, `stop` before the process ends.

    `awake`: since when this process serves; a server that slept is given time before it is said to stand still.
    """

    awake: datetime | None = None

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._loops: list[Loop] = []
        self._second: Second | None = None

    def start(self) -> None:
        """Raises nothing; the process must not have a thread or a connection yet (PostgreSQL: it forks)."""
        if self._loops:
            return
        self._second = second.start() if is_postgresql(settings.INTAKE) else None
        line = Line(self._second)
        self._loops = [
            Loop("line", line, IDLE_SECONDS, self._stopping),
            Loop("deliver", Deliver(line), 0.2, self._stopping),
            *(
                Loop(name, partial(timers.run_due, only=names), 1.0, self._stopping)
                for name, names in timers.threads().items()
            ),
            Loop("send", notify.run_due, 1.0, self._stopping),
        ]
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        self._stopping.set()
        for loop in self._loops:
            if loop.thread is not None:
                loop.thread.join(10)
        if self._second is not None:
            self._second.stop()


RUNTIME = Runtime()


def begin_server() -> None:
    """In each process that answers requests: its clock, and its end with its parent's."""
    _settle()
    _watch(os.getppid())
    beats = Loop("beats", heartbeat.write, 1.0, threading.Event(), gathers=True)
    beats.start()
    atexit.register(WRITER.stop)


def begin_worker(parent: int) -> None:
    """In the worker: starts the loops. `parent` is the server it belongs to; 0 for one started by hand."""
    _settle()
    if parent:
        os.nice(BEHIND_THE_SERVER)
    RUNTIME.start()
    _watch(parent)


def _settle() -> None:
    democlock.use(settings.MULIAN_CLOCK)
    RUNTIME.awake = clock.now()
    sys.setswitchinterval(SWITCH_SECONDS)
    collect_seldom()


def collect_seldom() -> None:
    """What was loaded until now is never looked through for cycles again, what comes only now and then."""
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 100)


def _watch(parent: int) -> None:
    if parent:
        threading.Thread(target=_end_with_parent, args=(parent,), name="parent", daemon=True).start()


def _end_with_parent(parent: int) -> None:
    """A process whose parent was killed would hold port or locks for ever; what was acknowledged is on disk."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def standing_still(now: datetime) -> list[str]:
    """What has not moved although it should have (for `/healthz` and `mulian doctor`)."""
    late = TimerRun.objects.filter(failures__gt=0)
    faults = [f"sweep {row.name}: {row.error[:80]}" for row in late]
    if not settings.MULIAN_CLOCK:
        before = now - STILL
        if Command.objects.filter(state=Command.State.RECEIVED, tries=0, received_at__lt=before).exists():
            faults.append("commands accepted a minute ago are not applied: is the worker running?")
        if Event.objects.filter(pos__isnull=True, recorded_at__lt=before).exists():
            faults.append("events of a minute ago are not stamped: is the worker running?")
    for module in modules():
        faults += resolve(module.health)(now, RUNTIME.awake) if module.health else []
    return faults

"""The threads that work behind the requests. Embedded (SQLite) one process holds them all; on PostgreSQL every
web process applies what it accepted, and `mulian worker` does the rest (any number of them).
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections, connections

from mulian.core.events import deliveries, stamper, timers, wake
from mulian.core.events.models import TimerRun
from mulian.core.notify import actions as notify
from mulian.core.sync import applying
from mulian.core.sync.intake import WRITER
from mulian.kernel import clock
from mulian.site import democlock

IDLE_SECONDS = 0.2
SWITCH_SECONDS = 0.002
"""Each database call lets go of the interpreter; with Python's 5 ms a thread waits long to get it back."""
log = logging.getLogger(__name__)


@dataclass
class Loop:
    """One thread that repeats a step until it finds nothing to do, then waits for a commit or a moment.

    It rests after each step, so that what arrives together is done together.
    """

    name: str
    step: Callable[[datetime], int]
    idle_seconds: float
    stopping: threading.Event
    at_commit: bool = True
    rest_seconds: float = 0.0
    nudge: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            while not self.stopping.is_set():
                if not self._once():
                    self.nudge.wait(self.idle_seconds)
                    self.nudge.clear()
                self.stopping.wait(self.rest_seconds)
        finally:
            connections.close_all()

    def _once(self) -> int:
        try:
            return self.step(clock.now())
        except Exception:
            log.exception("%s failed", self.name)
            close_old_connections()
            time.sleep(IDLE_SECONDS)
            return 0


class Runtime:
    """The loops of this process; `start` once, `stop` before the process ends."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._loops: list[Loop] = []

    def start(self, *, background: bool) -> None:
        """`background`: also stamp, deliver, sweep and send (embedded server, or a worker)."""
        if self._loops:
            return
        self._loops = [
            Loop("apply", applying.apply_waiting, IDLE_SECONDS, self._stopping, rest_seconds=0.003)
        ]
        if background:
            self._loops += [
                Loop("stamp", stamper.stamp, IDLE_SECONDS, self._stopping, rest_seconds=0.02),
                Loop("deliver", deliveries.run_due, 0.5, self._stopping, rest_seconds=0.1),
                Loop("sweep", timers.run_due, 1.0, self._stopping, at_commit=False),
                Loop("send", notify.run_due, 1.0, self._stopping, at_commit=False),
            ]
        for loop in self._loops:
            loop.start()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def _watch(self) -> None:
        """Passes a commit in this process on to every loop at once."""
        while not self._stopping.is_set():
            wake.wait(1.0)
            for loop in self._loops:
                if loop.at_commit:
                    loop.nudge.set()

    def stop(self) -> None:
        self._stopping.set()
        for loop in self._loops:
            loop.nudge.set()
            if loop.thread is not None:
                loop.thread.join(10)
        WRITER.stop()


RUNTIME = Runtime()


def begin() -> None:
    """In a server process: sets the clock, starts the loops (`MULIAN_BACKGROUND=false`: only applying)."""
    democlock.use(settings.MULIAN_CLOCK)
    sys.setswitchinterval(SWITCH_SECONDS)
    embedded = connections["default"].vendor == "sqlite"
    RUNTIME.start(background=embedded or os.environ.get("MULIAN_BACKGROUND", "true") == "true")
    atexit.register(RUNTIME.stop)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), name="parent", daemon=True).start()


def _end_with_parent(parent: int) -> None:
    """A server whose parent was killed would hold the port for ever; what it acknowledged is on disk."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def standing_still(now: datetime) -> list[str]:
    """What has not moved although it should have (for `/healthz`)."""
    late = TimerRun.objects.filter(failures__gt=0)
    return [f"sweep {row.name}: {row.error[:80]}" for row in late]

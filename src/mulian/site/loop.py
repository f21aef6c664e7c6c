"""One thing done again and again by one thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, connections

from mulian.kernel import clock

FAULT_SECONDS = 0.2
log = logging.getLogger(__name__)


@dataclass
class Loop:
    """One thread that repeats a step; when there was nothing to do it waits a moment before it looks again.

    `gathers`: it waits each time, so that much is done together.
    """

    name: str
    step: Callable[[datetime], int]
    idle_seconds: float
    stopping: threading.Event
    gathers: bool = False
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self.run, name=self.name, daemon=True)
        self.thread.start()

    def run(self) -> None:
        """Until it is stopped; its connections end with it."""
        try:
            while not self.stopping.is_set():
                if not self._once() or self.gathers:
                    self.stopping.wait(self.idle_seconds)
        finally:
            connections.close_all()

    def _once(self) -> int:
        try:
            return self.step(clock.now())
        except Exception:
            log.exception("%s failed", self.name)
            close_old_connections()
            self.stopping.wait(FAULT_SECONDS)
            return 0

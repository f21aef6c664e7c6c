"""A second applier while much waits (PostgreSQL), in a process of its own: as a thread it shared one interpreter.

It is forked before the first thread and the first connection, so that it holds what was loaded once with the worker.
"""

from __future__ import annotations

import logging
import mmap
import os
import signal
import threading
from datetime import datetime

from mulian.core.database.closing import close_everything
from mulian.core.sync import applying
from mulian.site.loop import Loop

LOOK_SECONDS = 0.05
"""How often it looks whether it is wanted: one byte in memory that both processes see."""
END_SECONDS = 10.0
log = logging.getLogger(__name__)


class Second:
    """The worker's end of it: `call` says whether it is wanted."""

    def __init__(self) -> None:
        self._wanted = mmap.mmap(-1, 1)
        self._stopping = threading.Event()
        self._process = 0
        self._watch = threading.Thread(target=self._wait, name="second", daemon=True)

    def begin(self) -> None:
        close_everything()
        first = os.getpid()
        self._process = os.fork()
        if not self._process:
            self._work(first)
        self._watch.start()

    def call(self, wanted: bool) -> None:
        self._wanted[0] = wanted

    def stop(self) -> None:
        """Lets it finish what it has in hand."""
        self._stopping.set()
        if self._watch.is_alive():
            os.kill(self._process, signal.SIGTERM)
            self._watch.join(END_SECONDS)

    def _wait(self) -> None:
        """Killed, it would leave the worker to fall behind unseen; a worker that ends is started again by a server."""
        _, status = os.waitpid(self._process, 0)
        if status and not self._stopping.is_set():
            log.error("the second applier ended")
            os._exit(1)

    def _work(self, first: int) -> None:
        """In the new process; it ends with the worker, whatever ended that."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, lambda *_: self._stopping.set())
            Loop("line beside", lambda now: self._step(first, now), LOOK_SECONDS, self._stopping).run()
        finally:
            os._exit(0)

    def _step(self, first: int, now: datetime) -> int:
        if os.getppid() != first:
            self._stopping.set()
            return 0
        return applying.apply_waiting(now) if self._wanted[0] else 0


def start() -> Second:
    found = Second()
    found.begin()
    return found

"""The worker process beside a server: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from mulian.site import forking

NAME = "mulian-worker"
"""What lists of processes call it (at most 15 letters)."""
AGAIN_SECONDS = 1.0
END_SECONDS = 15.0


@contextmanager
def worker() -> Iterator[None]:
    """While the block runs so does a worker; not with `MULIAN_BACKGROUND=false`, where others do its work.

    The application must be loaded (`loading.load`): the worker is forked from this process.
    """
    if os.environ.get("MULIAN_BACKGROUND", "true") != "true":
        yield
        return
    beside = _Beside()
    beside.start()
    try:
        yield
    finally:
        beside.stop()


class _Beside(threading.Thread):
    """Watches one child. What a killed worker had begun is undone by its databases and done again by the next."""

    def __init__(self) -> None:
        super().__init__(name="worker", daemon=True)
        self._stopping = threading.Event()
        self._child = _fork()

    def run(self) -> None:
        while True:
            forking.ended(self._child)
            if self._stopping.wait(AGAIN_SECONDS):
                return
            self._child = _fork()

    def stop(self) -> None:
        self._stopping.set()
        for word in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(self._child, word)
            self.join(END_SECONDS)
            if not self.is_alive():
                return


def _fork() -> int:
    from mulian.site import working  # noqa: PLC0415 -- needs the apps, which `mulian` loads late

    server = os.getpid()
    return forking.fork(lambda: working.work(server), NAME)

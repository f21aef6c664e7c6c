"""The worker process beside a server: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SERVER = "MULIAN_SERVER"
"""Environment: process id of the server that a worker belongs to."""

AGAIN_SECONDS = 1.0
END_SECONDS = 15.0


@contextmanager
def worker() -> Iterator[None]:
    """While the block runs so does `mulian worker`; not with `MULIAN_BACKGROUND=false`, where others do its work."""
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
        self._child = self._spawn()

    def run(self) -> None:
        while not self._stopping.is_set():
            self._child.wait()
            if self._stopping.wait(AGAIN_SECONDS):
                return
            self._child = self._spawn()

    def stop(self) -> None:
        self._stopping.set()
        self._child.terminate()
        try:
            self._child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "mulian", "worker"]
        return subprocess.Popen(command, env={**os.environ, SERVER: str(os.getpid())})

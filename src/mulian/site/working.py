"""`mulian worker`: the background loops without HTTP, beside `mulian run` on PostgreSQL. Any number of them."""

from __future__ import annotations

import signal
import threading

from django.db import connections

from mulian.kernel.problems import Problem, register
from mulian.site.runtime import RUNTIME

register(
    "worker.embedded",
    409,
    "With the built-in database the server does this work itself.",
    "Start only the server, or use the other kind of database.",
)


def work() -> int:
    """Blocks until SIGTERM or Ctrl-C, then lets every loop finish its step. Raises `worker.embedded` on SQLite."""
    if connections["default"].vendor == "sqlite":
        raise Problem("worker.embedded")
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    RUNTIME.start(background=True)
    stop.wait()
    RUNTIME.stop()
    return 0

"""`mulian worker`: the background loops without HTTP. A server starts one beside it; on PostgreSQL more may run."""

from __future__ import annotations

import signal
import threading

from django.db import connections

from mulian.kernel.problems import Problem, register
from mulian.site import runtime

register(
    "worker.embedded",
    409,
    "With the built-in database the server starts its worker itself.",
    "Start only the server, or use the other kind of database.",
)


def work(server: int = 0) -> int:
    """Blocks until SIGTERM or Ctrl-C, then lets every loop finish its step. `server`: the process it belongs to.

    Raises `worker.embedded` on SQLite for one started by hand: a second one would only wait for the first.
    """
    if connections["default"].vendor == "sqlite" and not server:
        raise Problem("worker.embedded")
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    runtime.begin_worker(server)
    stop.wait()
    runtime.RUNTIME.stop()
    return 0

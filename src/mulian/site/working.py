"""`mulian worker`: the background loops without HTTP, beside `mulian run` on PostgreSQL. Any number of them."""

from __future__ import annotations

import signal
import threading

from mulian.site.runtime import RUNTIME


def work() -> int:
    """Blocks until SIGTERM or Ctrl-C, then lets every loop finish its step."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    RUNTIME.start(background=True)
    stop.wait()
    RUNTIME.stop()
    return 0

"""Starts the HTTP server (granian, WSGI) and, in each of its processes, the threads behind the requests."""

from __future__ import annotations

import atexit
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from mulian.kernel import clock
from mulian.site.runtime import RUNTIME


@dataclass(frozen=True)
class Address:
    """Where to listen; `certificate` and `key` (PEM files) make it HTTPS."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


def serve(address: Address, *, workers: int = 1, threads: int = 48) -> None:
    """Blocks until SIGTERM or SIGINT. On SQLite there is always one process."""
    from granian import Granian  # noqa: PLC0415 -- slow import, only for servers
    from granian.constants import Interfaces  # noqa: PLC0415 -- as above

    embedded = connections["default"].vendor == "sqlite"
    connections.close_all()
    Granian(
        "mulian.site.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=1 if embedded else workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=300,
        backpressure=threads * 4,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        ssl_cert=address.certificate,
        ssl_key=address.key,
    ).serve()


def begin() -> None:
    """In a server process: sets the clock, starts the loops (`MULIAN_BACKGROUND=false`: only applying)."""
    set_clock(settings.MULIAN_CLOCK)
    embedded = connections["default"].vendor == "sqlite"
    RUNTIME.start(background=embedded or os.environ.get("MULIAN_BACKGROUND", "true") == "true")
    atexit.register(RUNTIME.stop)


def set_clock(text: str) -> None:
    """`""` is the machine's clock; `start|speed|anchor` a demo clock that all processes share."""
    if text:
        start, speed, anchor = text.split("|")
        clock.use(
            clock.DemoClock(datetime.fromisoformat(start), float(speed), datetime.fromisoformat(anchor))
        )

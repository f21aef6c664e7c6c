"""Starts the HTTP server (granian, WSGI) and the worker beside it, both forked from what is loaded here once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from mulian.site import beside, loading


@dataclass(frozen=True)
class Address:
    """Where to listen; `certificate` and `key` (PEM files) make it HTTPS."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


THREADS = 32
"""Requests at work at once in a process."""
WAITING = 128
"""Connections a process holds; the next wait to be taken in."""


def serve(address: Address, *, workers: int = 1) -> None:
    """Blocks until SIGTERM or SIGINT. On SQLite there is always one process."""
    loading.load()
    from granian import Granian  # noqa: PLC0415 -- slow import, only for servers
    from granian.constants import Interfaces  # noqa: PLC0415 -- as above

    embedded = not os.environ.get("MULIAN_DATABASE_URL", "").startswith("postgres")
    server = Granian(
        "mulian.site.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=1 if embedded else workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=300,
        backpressure=WAITING,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        ssl_cert=address.certificate,
        ssl_key=address.key,
    )
    with beside.worker():
        server.serve()

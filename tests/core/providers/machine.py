"""A real HTTP server on this machine that plays the part of a speech or translation machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Machine:
    """What came in, and how to answer: a status and a body; `hang` says nothing, `drip` one byte at a time."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    hang: bool = False
    drip: bool = False
    got: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def say(self, **answer: Any) -> None:
        self.body = json.dumps(answer, ensure_ascii=False).encode()


@contextmanager
def machine() -> Iterator[Machine]:
    """Runs it on a free port of 127.0.0.1."""
    made = Machine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.got.append(self.rfile.read(int(self.headers["Content-Length"])))
            made.headers.append(dict(self.headers))
            if made.hang:
                made.over.wait(10)
                return
            self.send_response(made.status)
            self.send_header("Content-Length", str(len(made.body)))
            self.end_headers()
            if made.drip:
                self._drip()
            else:
                self.wfile.write(made.body)

        def _drip(self) -> None:
            for byte in made.body:
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:
                    return
                if made.over.wait(0.02):
                    return

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}/draft"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        server.shutdown()
        server.server_close()
        thread.join()

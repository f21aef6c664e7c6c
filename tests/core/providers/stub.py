"""A real HTTP server on this machine that plays the part of an SMS gateway."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any


@dataclass
class Stub:
    """What came in, and how to answer: a list of statuses, the last one for ever; 0 drops the reply."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [200])
    got: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def take(self, body: bytes, headers: dict[str, str]) -> int:
        """Remember one request; returns the status to answer."""
        with self.lock:
            self.got.append(json.loads(body))
            self.headers.append(headers)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def delivered(self) -> list[dict[str, Any]]:
        """The SMS a gateway that honours ids would have sent."""
        return list({message["id"]: message for message in reversed(self.got)}.values())[::-1]


@contextmanager
def gateway() -> Iterator[Stub]:
    """Runs the stub on a free port of 127.0.0.1."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = stub.take(body, dict(self.headers))
            if status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/send"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

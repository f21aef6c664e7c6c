"""A real HTTP server on this machine that plays another system: it answers what the test says, in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

Reply = tuple[int, bytes]


@dataclass
class Other:
    """`replies`: status and body, the last one for ever. `got`: method, path, form and headers of what came."""

    url: str = ""
    replies: list[Reply] = field(default_factory=lambda: [(200, b"[]")])
    got: list[tuple[str, str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)

    def says(self, *replies: Reply) -> None:
        self.replies[:] = replies

    def take(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def other_system() -> Iterator[Other]:
    """Runs it on a free port of 127.0.0.1."""
    other = Other()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = parse_qs(self.rfile.read(length).decode())
            other.got.append((self.command, self.path, form, dict(self.headers)))
            status, body = other.take()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    other.url = f"http://127.0.0.1:{server.server_address[1]}/v2"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield other
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

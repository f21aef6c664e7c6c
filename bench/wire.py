"""One kept HTTP connection as a phone uses it: a time limit on all, and nothing believed that is not in shape."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import brotli

from bench.link import Crossed

SMALL = 400
"""Below it compressing helps nothing (the app's own limit)."""
SECONDS = 60.0
"""How long the app waits for an answer."""
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Mobile Safari/537.36",
    "sec-ch-ua": '"Chromium";v="138", "Not=A?Brand";v="8", "Google Chrome";v="138"',
    "sec-ch-ua-mobile": "?1",
    "sec-ch-ua-platform": '"Android"',
    "Accept": "*/*",
    "Origin": "https://mulian.example",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
"""What a phone's browser adds to each request: it is on the wire whatever we do, so times are measured with it."""


class NoAnswer(Exception):
    """No usable answer: no network, a cut, a portal's page. Nothing may be concluded from it."""


class Refusal(Exception):
    """The server refused and said why. `retry_after` in seconds."""

    def __init__(self, status: int, code: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.retry_after = status, code, retry_after


@dataclass(frozen=True)
class Answer:
    """A response with its whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; NoAnswer when it is anything else."""
        if not self.headers.get("content-type", "").startswith("application/json"):
            raise NoAnswer("not JSON")
        try:
            found = json.loads(_unpacked(self.body, self.headers.get("content-encoding", "")))
        except (ValueError, OSError, EOFError, brotli.error) as error:
            raise NoAnswer("broken JSON") from error
        if not isinstance(found, dict):
            raise NoAnswer("another shape")
        return found


@dataclass
class Line:
    """A phone's way to the county. `ours` counts bodies and the headers that the app and the server set."""

    port: int
    token: str
    browser: bool = False
    ours: int = 0
    requests: int = 0
    crossed: Crossed | None = field(default=None, repr=False)
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """One request. Raises NoAnswer, and Refusal for an error that the server explains."""
        mine = {"Authorization": f"Device {self.token}", **headers}
        fixed = {"Accept-Encoding": "gzip, deflate, br, zstd", **(BROWSER if self.browser else {})}
        kept = self._connection is not None
        try:
            try:
                response = self._ask(method, path, body, fixed | mine)
            except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
                self.close()
                if not kept:
                    raise
                # A connection that the server closed while it was idle is opened again, as browsers do.
                response = self._ask(method, path, body, fixed | mine)
            raw = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NoAnswer(repr(error)) from error
        self.requests += 1
        self.ours += _length(mine.items()) + len(body or b"") + _length(response.getheaders()) + len(raw)
        found = {name.lower(): value for name, value in response.getheaders()}
        return _judged(Answer(response.status, found, raw))

    def post_json(self, path: str, body: bytes) -> dict[str, Any]:
        """A JSON question, packed where that helps, and its JSON answer."""
        packed = len(body) >= SMALL
        headers = {"Content-Type": "application/json"} | ({"Content-Encoding": "gzip"} if packed else {})
        return self.send("POST", path, headers, gzip.compress(body, 6, mtime=0) if packed else body).json()

    def up(self) -> int:
        """Bytes that have left on the line so far, the browser's headers and what was lost or sent twice included."""
        return self.crossed.up.crossed if self.crossed else 0

    def close(self) -> None:
        """Lets go of the connection, as a phone that dies does."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        connection = self._open()
        connection.request(method, path, body, headers)
        return connection.getresponse()

    def _open(self) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        return self._connection


def _judged(answer: Answer) -> Answer:
    """An error counts as the server's word only as a Problem document; 429 and 5xx may come from any box."""
    if answer.status < 400:
        return answer
    wait = answer.headers.get("retry-after", "")
    after = float(wait) if wait.isdigit() else 0.0
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        raise Refusal(answer.status, str(json.loads(answer.body or b"{}").get("code", "")), after)
    if answer.status == 429 or answer.status >= 500 or not answer.body:
        raise Refusal(answer.status, "", after)
    raise NoAnswer(f"{answer.status} without a reason")


def _unpacked(raw: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.decompress(raw))
    return gzip.decompress(raw) if encoding == "gzip" else raw


def _length(headers: Iterable[tuple[str, str]]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers)

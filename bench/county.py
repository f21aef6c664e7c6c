"""A real server for measurements: a demo of its own with liaisons added, and the desk that looks at it."""

from __future__ import annotations

import http.client
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.inside import ask
from bench.link import PLAIN, Link
from bench.outbox import Store
from bench.phone import Phone
from bench.proxy import Proxy
from bench.seal import Key
from bench.wire import Line
from tests.journeys.servers import Server, copy, request, seed


@dataclass(frozen=True)
class Liaison:
    """A person of the bench: their grid area, phones, households, and a code for one phone more."""

    area: str
    code: str
    phones: tuple[tuple[str, str], ...]
    households: tuple[str, ...]
    kid: str
    public: dict[str, str]

    def phone(self, turn: int, port: int, *, browser: bool = False, sealed: bool = True) -> Phone:
        """One of the phones, fresh, on a line to `port`."""
        device, token = self.phones[turn]
        key = Key(self.kid, self.public, device, token) if sealed else None
        return Phone(Line(port, token, browser), Store(key))


@dataclass
class County:
    """The running server and its liaisons by name."""

    server: Server
    liaisons: dict[str, Liaison]

    def proxy(self, link: Link = PLAIN, seed: int = 0) -> Proxy:
        return Proxy(self.server.port, link=link, seed=seed)

    def get(self, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        """What the duty officer's program is answered."""
        token = self.server.account("county_duty")["api_token"]
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}", **headers})
            response = connection.getresponse()
            return response.status, response.read(), dict(response.getheaders())
        finally:
            connection.close()

    def post(self, path: str, role: str) -> int:
        """The status of an order without a body, given by an account of that role."""
        token = self.server.account(role)["api_token"]
        return request(self.server.port, "POST", path, b"", Authorization=f"Bearer {token}")[0]

    def settled(self) -> None:
        """Waits until nothing is left to apply or to stamp."""
        done = ("mulian_commands_waiting 0\n", "mulian_events_unstamped 0\n")
        while not all(line in self.get("/metrics")[1].decode() for line in done):
            time.sleep(0.2)


@contextmanager
def running(*wanted: str) -> Iterator[County]:
    """Seeds a demo, adds the liaisons (NAME:HOUSEHOLDS:PEOPLE:PHONES), serves, and removes everything.

    On PostgreSQL where `MULIAN_DATABASE_URL` names a server, else on SQLite.
    """
    with tempfile.TemporaryDirectory(prefix="mulian-bench-") as name:
        county = prepared(Path(name), *wanted)
        county.server.start()
        try:
            yield county
        finally:
            county.server.stop()


def prepared(folder: Path, *wanted: str, seeded: tuple[Path, str] | None = None) -> County:
    """The same, not started yet; on a copy of a `seeded` folder and database where there is one."""
    url = copy(*seeded, folder) if seeded else seed(folder, "mulian_bench")
    found = {one["name"]: _liaison(one) for one in ask(folder, url, "liaison", *wanted)}
    return County(Server(folder, url), found)


def _liaison(found: dict[str, Any]) -> Liaison:
    phones = tuple((one["device"], one["token"]) for one in found["phones"])
    key = found["key"]
    return Liaison(
        found["area"], found["code"], phones, tuple(found["households"]), key["kid"], key["public"]
    )


@dataclass
class Desk:
    """The duty officer's board as their browser shows it: one number each second, the page when it changed."""

    county: County
    seen: dict[str, float] = field(default_factory=dict)
    """Case → when the page first showed it (monotonic seconds)."""
    wanted: set[str] = field(default_factory=set)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Desk:
        self._thread = threading.Thread(target=self._watch, name="desk", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        etag = ""
        while not self._stop.wait(1.0):
            status, _, headers = self.county.get("/duty/live/", **({"If-None-Match": etag} if etag else {}))
            if status != 200:
                continue
            etag = headers.get("etag", headers.get("ETag", ""))
            page, now = self.county.get("/duty/", Accept="text/html")[1].decode(), time.monotonic()
            for id in self.wanted - set(self.seen):
                if id in page:
                    self.seen[id] = now

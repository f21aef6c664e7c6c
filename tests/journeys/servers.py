"""Real servers for journeys: the demo as a newcomer starts it, on a copy of one seeded folder."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from mulian.kernel.ids import uuid7

URL = os.environ.get("MULIAN_DATABASE_URL", "")
SHARE = os.environ.get("MULIAN_SHARE", "")
"""Begins the names of this process's databases, where several use one PostgreSQL server."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def request(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read(), dict(response.getheaders())
    finally:
        connection.close()


@dataclass
class Server:
    """One demo server; `kill` is -9 to everything it started."""

    folder: Path
    database_url: str
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 120) -> Server:
        command = [sys.executable, "-m", "mulian", "demo", "--data", str(self.folder), "--no-browser"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), *self.options],
            env={**os.environ, "MULIAN_DATABASE_URL": self.database_url},
            stdout=(self.folder / "out.log").open("ab"),
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process.poll() is None, self.output()
            try:
                if request(self.port, "GET", "/healthz")[0] == 200:
                    return self
            except OSError:
                pass  # not listening yet
            time.sleep(0.05)
        raise AssertionError(f"not ready: {self.output()}")

    def output(self) -> str:
        return (self.folder / "out.log").read_text(errors="replace")[-3000:]

    @property
    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "demo.json").read_text(encoding="utf-8"))
        return found

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def account(self, role: str) -> dict[str, str]:
        found: dict[str, str] = next(a for a in self.facts["accounts"] if a["role"] == role)
        return found

    def api(self, path: str, role: str = "county_duty") -> Any:
        token = self.account(role)["api_token"]
        status, body, _ = request(self.port, "GET", f"/api/v1{path}", Authorization=f"Bearer {token}")
        assert status == 200, body
        return json.loads(body)

    def kill(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM to the group, as a terminal or systemd sends it; returns the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
                raise AssertionError("did not stop on SIGTERM") from None
        return self.process.returncode


@dataclass
class Phone:
    """Speaks the wire contract to a real server."""

    server: Server
    token: str
    epoch: str | None = None
    cursor: str | None = None
    seq: int = 0

    def command(self, kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
        self.seq += 1
        # To the millisecond, as a browser writes it: a whole second may lie before a hand-over it came after.
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        return {
            "id": str(uuid7()),
            "seq": self.seq,
            "kind": kind,
            "v": 1,
            "at": at,
            "after": [],
            "body": body,
        } | more

    def sync(self, *commands: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        asked = {"v": 1, "epoch": self.epoch, "cursor": self.cursor, "commands": commands, "max": 200}
        body = json.dumps(asked, ensure_ascii=False).encode()
        headers = {"Authorization": f"Device {self.token}", "Content-Type": "application/json"}
        status, raw, _ = request(self.server.port, "POST", "/field/sync", body, **headers)
        answer: dict[str, Any] = json.loads(raw)
        if status == 200:
            self.epoch, self.cursor = answer["epoch"], answer["cursor"]
        return status, answer

    def pull(self) -> list[dict[str, Any]]:
        changes: list[dict[str, Any]] = []
        for _ in range(100):
            status, answer = self.sync()
            assert status == 200, answer
            changes += answer["changes"]
            if not answer["more"]:
                return changes
        raise AssertionError("the pull never ends")


def seed(folder: Path, name: str = "mulian_seed") -> str:
    """Prepares a demo folder once; returns the address of its database of that name (empty for SQLite)."""
    url = database(name) if URL else ""
    env = {**os.environ, "MULIAN_DATABASE_URL": url, "MULIAN_DATA": str(folder), "MULIAN_DEMO": "true"}
    from mulian.site import folder as folders

    folders.make(folder)
    command = [sys.executable, "-m", "mulian", "prepare-demo", "--base-url", "http://127.0.0.1:1"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return url


def copy(seeded: Path, seeded_url: str, folder: Path) -> str:
    """The seeded folder (and database) once more; the address of the copy's database (empty for SQLite)."""
    shutil.copytree(seeded, folder, dirs_exist_ok=True)
    name = f"mulian_{folder.name.replace('-', '_')[:40]}"
    return database(name, template=name_of(seeded_url)) if seeded_url else ""


@contextmanager
def copied(seeded: Path, seeded_url: str, folder: Path, *options: str) -> Iterator[Server]:
    """A server on such a copy; killed at the end if it still runs."""
    server = Server(folder, copy(seeded, seeded_url, folder), options)
    try:
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


def database(name: str, template: str = "template0") -> str:
    """A new database beside the one the tests use, in place of one of this name; its address.

    Shares of the tests use one server: what a share makes begins with its own name.
    """
    parts, name = urlsplit(URL), name if name.startswith(SHARE) else f"{SHARE}{name}"
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return parts._replace(path=f"/{name}").geturl()


def name_of(url: str) -> str:
    """The database an address leads to."""
    return urlsplit(url).path.strip("/")

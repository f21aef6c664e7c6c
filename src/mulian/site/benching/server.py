"""A demo server of its own for the bench: started on a temporary folder, measured from outside, ended."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running demo; `devices` are tokens of many phones."""

    port: int
    pid: int
    folder: Path
    devices: tuple[str, ...]
    api_token: str
    database: str

    def cpu_seconds(self) -> float:
        """Time all its processes (and PostgreSQL's, when it is the database) have spent computing."""
        pids = _tree(self.pid) | (_named("postgres") if self.database == "PostgreSQL" else set())
        return sum(_cpu(pid) for pid in pids)

    def memory_mb(self) -> float:
        """Proportional memory (PSS) of the same processes, in MB."""
        pids = _tree(self.pid) | (_named("postgres") if self.database == "PostgreSQL" else set())
        return sum(_pss(pid) for pid in pids) / 1024

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Authorization": f"Bearer {self.api_token}"})
        response = connection.getresponse()
        return response.status, response.read()


@contextmanager
def running(database_url: str, phones: int) -> Iterator[Server]:
    """Prepares, adds phones, starts, waits until healthy; stops and removes everything at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mulian-bench-"))
    port = _free_port()
    env = {**os.environ, "MULIAN_DATABASE_URL": database_url}
    command = [
        sys.executable,
        "-m",
        "mulian",
        "demo",
        "--data",
        str(folder),
        "--port",
        str(port),
        "--no-browser",
    ]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait_healthy(port, process)
        adding = [sys.executable, "-m", "mulian.site.benching.phones", str(phones)]
        inside = {**env, "MULIAN_DATA": str(folder), "MULIAN_DEMO": "true"}
        made = subprocess.run(adding, env=inside, check=True, capture_output=True, text=True)
        facts = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
        token = next(a["api_token"] for a in facts["accounts"] if a["role"] == "county_duty")
        name = "PostgreSQL" if database_url.startswith("postgres") else "SQLite"
        yield Server(port, process.pid, folder, tuple(made.stdout.split()), token, name)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1800):
        if process.poll() is not None:
            raise SystemExit("mulian bench: the demo did not start; try `mulian demo` to see why")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass  # not listening yet
        time.sleep(0.1)
    raise SystemExit("mulian bench: the demo was not ready after three minutes")


def _tree(pid: int) -> set[int]:
    """A process and all its descendants."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields:
                parents[int(entry.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _named(name: str) -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "comm").read_text().strip() == name:
                    found.add(int(entry.name))
            except OSError:
                continue  # it ended while we looked
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)

"""A PostgreSQL server of our own for tests and benchmarks: made in a temporary folder, gone afterwards.

  python tools/postgres.py run -- COMMAND …    runs a command with MULIAN_DATABASE_URL naming the server
  python tools/postgres.py durable -- COMMAND …    the same with its own settings for durability, for benchmarks
  python tools/postgres.py find                prints the folder of PostgreSQL's programs, or fails

Uses the newest PostgreSQL 15+ of Debian's folders or of PATH. PostgreSQL refuses to run as root, so root
lends the server to the user postgres (or nobody). The server listens on 127.0.0.1 and a socket in its
folder, with a password of its own.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steps import Failed, main

OLDEST = 15
SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}
THROWN_AWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}
"""For tests, whose data is thrown away, nothing waits for the disk; a benchmark must wait for it."""


def _release(folder: Path) -> int:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20
        ).stdout
    except OSError:
        return 0
    found = re.search(r"(\d+)", answer)
    return int(found.group(1)) if found and (folder / "initdb").exists() else 0


def find() -> Path | None:
    """The folder of the newest PostgreSQL that is new enough."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    usable = [(release, str(folder)) for folder in folders if (release := _release(folder)) >= OLDEST]
    return Path(max(usable)[1]) if usable else None


def _owner() -> pwd.struct_passwd | None:
    """Whom root lends the server to; nobody else needs to."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    owner = names.get("postgres") or names.get("nobody")
    if owner is None:
        raise Failed(
            "PostgreSQL does not run as root and there is no user postgres or nobody.", "Run as another user."
        )
    return owner


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as(owner: pwd.struct_passwd | None) -> dict[str, object]:
    """How a child becomes the owner."""
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


@contextmanager
def server(durable: bool = False) -> Iterator[str]:
    """A running server; gives its address for MULIAN_DATABASE_URL. `durable`: a commit waits for the disk."""
    programs = find()
    if programs is None:
        raise Failed(
            f"No PostgreSQL {OLDEST} or newer was found.", "On Debian or Ubuntu: apt-get install postgresql"
        )
    owner, folder = _owner(), Path(tempfile.mkdtemp(prefix="mulian-postgres-"))
    try:
        password, port = secrets.token_urlsafe(16), _free_port()
        _create(programs, folder, password, owner)
        settings = SETTINGS if durable else SETTINGS | THROWN_AWAY
        process = _start(programs, folder, port, owner, settings)
        try:
            _wait(process, folder, port)
            yield f"postgresql://mulian:{password}@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # "fast shutdown": open connections are closed
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _create(programs: Path, folder: Path, password: str, owner: pwd.struct_passwd | None) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if owner:
        for path in (folder, secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    options = [
        "--username=mulian",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "--no-sync", *options],
        capture_output=True,
        text=True,
        cwd=folder,
        **_as(owner),  # type: ignore[call-overload]
    )
    secret.unlink()
    if made.returncode:
        raise Failed(f"PostgreSQL could not make a database:\n{made.stderr}")


def _start(
    programs: Path, folder: Path, port: int, owner: pwd.struct_passwd | None, settings: dict[str, str]
) -> subprocess.Popen[bytes]:
    settings = settings | {"port": str(port), "unix_socket_directories": str(folder)}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        started: subprocess.Popen[bytes] = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *words],
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            **_as(owner),  # type: ignore[call-overload]
        )
    return started


def _wait(process: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    """Until it is ready to be asked: PostgreSQL writes so into its own pid file."""
    pid_file, until = folder / "data" / "postmaster.pid", time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if pid_file.exists() and "ready" in pid_file.read_text():
            return
        time.sleep(0.05)
    raise Failed(f"PostgreSQL did not start on port {port}:\n{(folder / 'log').read_text()}")


def work() -> None:
    if sys.argv[1:] == ["find"]:
        found = find()
        sys.exit(print(found) if found else 1)
    if sys.argv[1:3] not in (["run", "--"], ["durable", "--"]) or len(sys.argv) < 4:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(durable=sys.argv[1] == "durable") as url:
        status = subprocess.call(sys.argv[3:], env=dict(os.environ, MULIAN_DATABASE_URL=url))
    sys.exit(status)


if __name__ == "__main__":
    main(work)

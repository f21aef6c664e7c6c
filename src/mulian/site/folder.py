"""The data folder: one server at a time works on it, and its secrets are readable by its owner only."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path
from typing import IO

from mulian.kernel.problems import Problem, register

register(
    "folder.busy",
    409,
    "A server already runs on this data folder.",
    "Stop it first, or choose another --data.",
)
register(
    "folder.missing", 404, "There is no data folder.", "Make it with mulian init, or name it in MULIAN_DATA."
)
register(
    "folder.unwritable", 500, "The data folder cannot be written.", "Check the disk and the folder's owner."
)


def make(data: Path) -> None:
    """Creates the folder (owner only), its places and its secret key."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / "static").mkdir(exist_ok=True)
        key = data / "secret_key"
        if not key.exists():
            write_atomically(key, secrets.token_urlsafe(48))
    except OSError as error:
        raise Problem("folder.unwritable") from error


def lock(data: Path) -> IO[str]:
    """Held as long as the returned file is open; released by the system even after kill -9."""
    handle = (data / "lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Problem("folder.busy") from error
    return handle


def write_atomically(path: Path, text: str, mode: int = 0o600) -> None:
    """The whole file or none of it, on disk before it has its name."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)

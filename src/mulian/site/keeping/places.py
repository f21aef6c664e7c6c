"""Folders that appear whole or not at all: built beside their name, put on disk, then given it in one step."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mulian.core.files.storage import full_disk_is_a_problem, sync_folder
from mulian.kernel.problems import Problem
from mulian.site.keeping.problems import NO_ROOM

CHUNK = 1 << 20


@contextmanager
def whole(place: Path, taken: str) -> Iterator[Path]:
    """A folder to build in; on leaving it becomes `place`, after an error it is gone. Raises the Problem `taken`
    when something stands there, `backup.no_room`.

    What a killed attempt left is removed by the next one; a running one holds a lock in its folder.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise Problem(taken)
    try:
        with full_disk_is_a_problem(), _built_beside(place) as part:
            yield part
    except Problem as problem:
        if problem.code != "disk_full":
            raise
        raise Problem(NO_ROOM) from problem


@contextmanager
def _built_beside(place: Path) -> Iterator[Path]:
    place.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(place)
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    part.mkdir(mode=0o700)
    with (part / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield part
            (part / "lock").unlink()
            on_disk(part)
            part.replace(place)
            sync_folder(place.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _remove_leftovers(place: Path) -> None:
    for old in place.parent.glob(f".{place.name}.*.part"):
        with (old / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # another one is still being written there
            shutil.rmtree(old, ignore_errors=True)


def on_disk(folder: Path) -> None:
    """Every file and folder below is on the disk, not only promised to it."""
    for path in sorted(folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    sync_folder(folder)


def copy(source: Path, target: Path) -> tuple[int, str]:
    """Copies a file; returns its size and SHA-256 as read."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    found, size = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("xb") as write:
        os.fchmod(write.fileno(), 0o600)
        while piece := read.read(CHUNK):
            found.update(piece)
            write.write(piece)
            size += len(piece)
    return size, found.hexdigest()

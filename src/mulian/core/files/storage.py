"""Where the bytes lie: `blobs/part/` while they come, `blobs/ab/<sha256>` once whole and proven.

A file in its final place always has the content its name says: it was hashed, synced to disk and renamed
there.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mulian.kernel.problems import Problem

RESERVE = 64 * 1024 * 1024
"""Bytes the disk must keep free beyond an announced upload, so that the database can still write (F9)."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def full_disk_is_a_problem() -> Iterator[None]:
    """Turn the operating system's ways of saying "no room" into `disk_full` (507); nothing is
    acknowledged.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise Problem("disk_full") from error


@dataclass(frozen=True)
class Storage:
    """The folder of all files of one installation."""

    root: Path
    reserve: int = RESERVE

    def blob(self, sha256: str) -> Path:
        """The final place of a content."""
        return self.root / sha256[:2] / sha256

    def part(self, name: str) -> Path:
        """A file still being received; its folder is made when needed."""
        folder = self.root / "part"
        with full_disk_is_a_problem():
            folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    def need_room(self, size: int) -> None:
        """Refuse early (507) what would eat the reserve; a disk can still fill up later."""
        with full_disk_is_a_problem():
            self.root.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.root).free < size + self.reserve:
            raise Problem("disk_full")

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """One lock, held for milliseconds, between giving a content its place and sweeping an unused one
        away.
        """
        with full_disk_is_a_problem():
            self.root.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.root / ".publishing", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def publish(self, source: Path, sha256: str) -> None:
        """Give a synced part its final name, durably. The same content twice simply replaces itself."""
        target = self.blob(sha256)
        with full_disk_is_a_problem():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
            sync_folder(target.parent)

    def forget(self, sha256: str) -> None:
        """Remove a content's bytes; absent is fine."""
        self.blob(sha256).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """A rename is durable once its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""One file while its bytes arrive: who may write it now, and how far it is.

A connection that hangs must not lock a phone out of its own upload: a writer holds a lease which every piece
of bytes renews. A second connection gets `files.busy` (423) while the first makes progress; it takes over at
once when the first's process is dead, and when it has been silent for `SILENCE` seconds (the first then finds
its lease gone and stops).
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from uuid import uuid4

from mulian.core.files.storage import full_disk_is_a_problem
from mulian.kernel.problems import Problem

SILENCE = 30.0
"""Seconds without a byte after which another connection may take over."""


@dataclass
class Part:
    """The part file at `path`; `clock` counts seconds and is the same for every process of the machine."""

    path: Path
    clock: Callable[[], float] = monotonic

    def size(self) -> int:
        """How many bytes are there; 0 before the first."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def writing(self, offset: int) -> Iterator["Writer"]:
        """The right to append from `offset` on. Raises `files.busy` (423) or `files.wrong_offset` (409)."""
        with full_disk_is_a_problem():
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        writer = Writer(part=self, handle=handle, offset=offset, token=uuid4().hex)
        try:
            writer.claim()
            yield writer
        finally:
            writer.release()
            os.close(handle)

    def remove(self) -> None:
        """Drop the bytes and the lease; absent is fine."""
        self.path.unlink(missing_ok=True)
        self.lease_path.unlink(missing_ok=True)

    @property
    def lease_path(self) -> Path:
        """Beside the part, so that the part's size says exactly how many bytes came."""
        return self.path.with_suffix(".lease")


@dataclass
class Writer:
    """One connection appending to a part."""

    part: Part
    handle: int
    offset: int
    token: str
    lease: int = -1

    def claim(self) -> None:
        """Take the lease if nobody alive holds it and the sender is where the file is."""
        with self._locked():
            self._still_this_file()
            holder, since = self._lease()
            if holder and self._alive() and 0 <= self.part.clock() - since < SILENCE:
                raise Problem("files.busy")
            if self.part.size() != self.offset:
                raise Problem("files.wrong_offset", offset=self.part.size())
            self._take_lease()

    def append(self, piece: bytes) -> None:
        """Write one piece at our offset. Raises `files.busy` when another connection took over,
        `disk_full`.
        """
        with self._locked():
            self._still_this_file()
            if self._lease()[0] != self.token or self.part.size() != self.offset:
                raise Problem("files.busy")
            with full_disk_is_a_problem():
                self._write(piece)
            self._renew()

    def settle(self) -> None:
        """Make what came durable; if the disk cannot, nothing that came is to be trusted."""
        try:
            with full_disk_is_a_problem():
                os.fsync(self.handle)
        except BaseException:
            self.part.remove()
            raise

    def release(self) -> None:
        """Give the lease back; another's lease is left alone."""
        with self._locked():
            if self._lease()[0] == self.token:
                self.part.lease_path.unlink(missing_ok=True)
        if self.lease >= 0:
            os.close(self.lease)

    def _still_this_file(self) -> None:
        """Another connection may have finished and renamed it meanwhile; a published content is never
        written to.
        """
        mine = os.fstat(self.handle)
        try:
            there = self.part.path.stat()
        except FileNotFoundError:
            raise Problem("files.busy") from None
        if (mine.st_dev, mine.st_ino) != (there.st_dev, there.st_ino):
            raise Problem("files.busy")

    def _write(self, piece: bytes) -> None:
        view = memoryview(piece)
        while view:
            written = os.pwrite(self.handle, view, self.offset)
            self.offset += written
            view = view[written:]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """For one look or one write only, never while waiting for the network."""
        fcntl.flock(self.handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self.handle, fcntl.LOCK_UN)

    def _lease(self) -> tuple[str, float]:
        try:
            token, _, since = self.part.lease_path.read_text().partition(" ")
            return token, float(since)
        except (FileNotFoundError, ValueError):
            return "", 0.0

    def _alive(self) -> bool:
        """The holder keeps its lease locked; the system unlocks it when the holder's process dies."""
        try:
            with self.part.lease_path.open() as lease:
                fcntl.flock(lease, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            pass
        return False

    def _take_lease(self) -> None:
        self.part.lease_path.unlink(missing_ok=True)
        with full_disk_is_a_problem():
            self.lease = os.open(self.part.lease_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self.lease, fcntl.LOCK_EX)
        self._renew()

    def _renew(self) -> None:
        with full_disk_is_a_problem():
            os.pwrite(self.lease, f"{self.token} {self.part.clock():020.3f}".encode(), 0)

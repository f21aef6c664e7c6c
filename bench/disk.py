"""A disk of its own that can be filled to the last byte."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

BALLAST = "ballast"


@dataclass(frozen=True)
class Disk:
    """`small` is False where this machine does not let us mount one; then it is never full."""

    folder: Path
    small: bool

    def fill(self) -> None:
        """Until not another byte fits."""
        with (self.folder / BALLAST).open("wb") as ballast, suppress(OSError):
            while True:
                ballast.write(b"\0" * 65536)
                ballast.flush()

    def empty(self) -> None:
        """Somebody made room."""
        (self.folder / BALLAST).unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A file system in memory of that size, where the right to mount is given (root)."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        small = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        small = False
    try:
        yield Disk(folder, small)
    finally:
        if small:
            subprocess.run(["umount", "-l", str(folder)], check=True)

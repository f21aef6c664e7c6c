"""The server's half: starts a child, waits so long, hears so much, and never hangs on what it does (G21)."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import IOBase
from select import PIPE_BUF
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

_PIECE = 65536
_BARE = {"MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"}
"""Nothing of the server's environment, which holds its secrets."""


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code (negative: it was killed, by us or by a limit) and what it had said until then.

    What it said is whole only where the code is 0.
    """

    code: int
    said: bytes

    @property
    def well(self) -> bool:
        return self.code == 0


def run(
    module: str,
    given: IO[bytes] | bytes,
    *,
    seconds: float,
    most: int,
    lent: Sequence[IO[bytes]] = (),
    writes: bool = True,
    programs: bool = False,
) -> Ended:
    """Runs `python -m module` to its end, isolated, with `given` on its input: a file, or bytes that become none.

    Descriptors of `lent` files are its words, in order, and open in it. It is killed, with all it started, after
    `seconds` of the clock or once it has said more than `most` bytes. `writes`: not even what Python compiled, if not.
    `programs`: it finds those of this machine. What it complains of is not heard.
    """
    flags = ["-I"] if writes else ["-I", "-B"]
    numbers = [file.fileno() for file in lent]
    child = subprocess.Popen(
        [sys.executable, *flags, "-m", module, *map(str, numbers)],
        stdin=subprocess.PIPE if isinstance(given, bytes) else given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=numbers,
        env=_BARE | ({"PATH": os.environ.get("PATH", "")} if programs else {}),
        start_new_session=True,
    )
    until = time.monotonic() + seconds
    with child:
        try:
            said = _talk(child, given if isinstance(given, bytes) else b"", most, until)
            if len(said) <= most:
                _wait(child, until)
        finally:
            if child.returncode is None:
                os.killpg(child.pid, signal.SIGKILL)
        return Ended(child.wait(), said[:most])


def _talk(child: subprocess.Popen[bytes], given: bytes, most: int, until: float) -> bytes:
    """Tells it everything and hears it, until it is silent, said too much or is too late."""
    said, rest = bytearray(), memoryview(given)
    with selectors.DefaultSelector() as ready:
        for pipe, what in ((child.stdout, selectors.EVENT_READ), (child.stdin, selectors.EVENT_WRITE)):
            if pipe is not None:
                ready.register(pipe, what)
        while ready.get_map() and len(said) <= most and (left := until - time.monotonic()) > 0:
            for key, what in ready.select(left):
                if what == selectors.EVENT_READ:
                    said += (piece := os.read(key.fd, _PIECE))
                    done = not piece
                else:
                    rest = _told(key.fd, rest)
                    done = not rest
                if done:
                    _hang_up(ready, key.fileobj)
    return bytes(said)


def _hang_up(ready: selectors.BaseSelector, pipe: FileDescriptorLike) -> None:
    ready.unregister(pipe)
    if isinstance(pipe, IOBase):
        pipe.close()


def _told(pipe: int, rest: memoryview) -> memoryview:
    """What is still to be told; nothing to one who does not listen."""
    try:
        return rest[os.write(pipe, rest[:PIPE_BUF]) :]
    except BrokenPipeError:
        return rest[:0]


def _wait(child: subprocess.Popen[bytes], until: float) -> None:
    """It has said all; a moment later it has ended, if nothing holds it."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(max(0.0, until - time.monotonic()))

"""The child's half: what it may use at most, said by itself before a single byte from outside is read."""

from __future__ import annotations

import resource


def limit(*, cpu: int, memory: int, written: int, files: int) -> None:
    """Seconds of the processor, bytes of address space, bytes of any one file it writes, open descriptors.

    It leaves no image of its memory behind. A limit once lowered cannot be raised again.
    """
    for what, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))

"""Puts a file of a submission into the one store of files: the same transfers, checks and readers as a phone's."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from mulian.core.access import scope
from mulian.core.files import receiving
from mulian.core.files.permissions import Permission
from mulian.core.files.tus import Creation
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

TRIES, PAUSE = 50, 0.1
"""The same bytes on two connections of one person: the later one waits up to five seconds for the earlier."""


@dataclass(frozen=True)
class Spooled:
    """A file that came in whole: `file` stands at its beginning, `sha256` is of its bytes."""

    name: str
    sha256: str
    size: int
    file: IO[bytes]


def keep(sent: Spooled, *, actor: Actor, at: datetime) -> str:
    """Its SHA-256, once the bytes are on disk. Raises `files.too_large`, `files.busy`, `disk_full`.

    The type a program names is not believed: the worker's child decodes the file before anybody sees it. What it cannot
    decode is kept as refused: the answers count, and nobody's report waits for a picture.
    """
    scope.require_any(actor, Permission.SEND)
    creation = Creation(sha256=sent.sha256, size=sent.size, mime="")
    for turn in range(TRIES):
        try:
            return _kept(sent, creation, actor, at)
        except Problem as problem:
            if problem.code not in {"files.busy", "files.wrong_offset"} or turn == TRIES - 1:
                raise
            time.sleep(PAUSE)
    raise Problem("files.busy")


def _kept(sent: Spooled, creation: Creation, actor: Actor, at: datetime) -> str:
    standing = receiving.announce(creation=creation, actor=actor, at=at)
    if not standing.complete:
        sent.file.seek(standing.offset)
        receiving.receive(
            sha256=sent.sha256, offset=standing.offset, length=sent.size - standing.offset,
            read=sent.file.read, actor=actor, at=at,
        )  # fmt: skip
    return sent.sha256

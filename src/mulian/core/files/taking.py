"""Takes a whole content in at once, from a form that carries it: the same checks and the same store as by tus."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Protocol

from mulian.core.access import scope
from mulian.core.files import inspection, receiving
from mulian.core.files.models import Blob
from mulian.core.files.permissions import Permission
from mulian.core.files.receiving import PIECE
from mulian.core.files.tus import Creation
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem


class Sent(Protocol):
    """What a form or a letter brought: bytes that can be read twice."""

    @property
    def size(self) -> int | None: ...

    def read(self, most: int = -1, /) -> bytes: ...

    def seek(self, position: int, /) -> object: ...


def take(*, sent: Sent, mime: str, actor: Actor, at: datetime) -> str:
    """The SHA-256 under which it is kept. Raises what sending and decoding raise (`files.too_large`, …)."""
    scope.require_any(actor, Permission.SEND)
    size = sent.size or 0
    creation = Creation(sha256=_digest(sent), size=size, mime=mime.partition(";")[0].strip()[:100])
    standing = receiving.announce(creation=creation, actor=actor, at=at)
    if not standing.complete:
        sent.seek(standing.offset)
        receiving.receive(
            sha256=creation.sha256, offset=standing.offset, length=size - standing.offset, read=sent.read,
            actor=actor, at=at,
        )  # fmt: skip
    if (blob := inspection.check_soon(creation.sha256, at)).state == Blob.State.REFUSED:
        raise Problem(blob.code)
    return creation.sha256


def _digest(sent: Sent) -> str:
    found = sha256()
    sent.seek(0)
    while piece := sent.read(PIECE):
        found.update(piece)
    return found.hexdigest()

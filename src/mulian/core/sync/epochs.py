"""The epoch: a name for this history. A database restored from a backup gets a new one, and phones send again."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from mulian.core.events.models import Head

STAMP = "position"


def open_epoch(data: Path) -> bool:
    """At every start: names the first epoch; a database behind the mark outside it was restored → a new one.

    Returns True when a new epoch replaced an old one.
    """
    head = Head.objects.get(id=1)
    restored = bool(head.epoch) and _marked(data, head.epoch) > head.pos
    if not head.epoch or restored:
        head.epoch = secrets.token_hex(8)
        Head.objects.filter(id=1).update(epoch=head.epoch)
    mark(data, head.epoch, head.pos)
    return restored


def mark(data: Path, epoch: str, pos: int) -> None:
    """Writes how far this history got, outside the database."""
    part = data / f".{STAMP}"
    part.write_text(f"{epoch} {pos}")
    part.replace(data / STAMP)


def sweep_mark(now: datetime) -> int:
    """Timer: keeps the mark close behind the log."""
    head = Head.objects.get(id=1)
    mark(settings.MULIAN_DATA, head.epoch, head.pos)
    return 0


def _marked(data: Path, epoch: str) -> int:
    try:
        name, pos = (data / STAMP).read_text().split()
    except (OSError, ValueError):
        return 0
    return int(pos) if name == epoch else 0

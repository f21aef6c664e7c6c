"""The list of erasures lies outside the database: what was erased by law is erased again after each restore (G20).

One line an erasure: the event's id and name, whom it was about by id, and its data; no name and no value of anybody.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from mulian.core.events.models import Event
from mulian.core.registry import handlers_of, resolve, undoings

NAME = "erasures.jsonl"


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """What event `id` did to `subject` at `at`; `data` without personal values."""

    id: str
    name: str
    subject: str
    at: str
    data: dict[str, Any]


def places() -> list[Path]:
    """Where each erasure is written down: the data folder, and the second place of the settings."""
    second = [Path(settings.MULIAN_ERASURES)] if settings.MULIAN_ERASURES else []
    return [Path(settings.MULIAN_DATA) / NAME, *second]


def note(event: Event, *, now: datetime) -> None:
    """Handler of what may not come back: on disk in every place before the delivery counts as done; again is once."""
    line = Erasure(
        id=str(event.id), name=event.name, subject=str(event.subject_id), at=event.recorded_at.isoformat(),
        data=event.data,
    )  # fmt: skip
    for place in places():
        if line.id not in {known.id for known in read([place])}:
            write(place, [line])


def read(sources: Iterable[Path]) -> list[Erasure]:
    """All of several lists, each once, in the order they happened; a line cut off by a crash is passed over."""
    found: dict[str, Erasure] = {}
    for source in sources:
        if not source.is_file():
            continue
        for text in source.read_text(encoding="utf-8").splitlines():
            try:
                one = Erasure(**json.loads(text))
            except (ValueError, TypeError):
                continue
            found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (one.at, one.id))


def write(place: Path, lines: Iterable[Erasure]) -> None:
    """Adds lines at the end, on disk when it returns. A line a crash cut off before ends first."""
    place.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{json.dumps(asdict(line), ensure_ascii=False)}\n" for line in lines)
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        begun = file.seek(0, os.SEEK_END)
        whole = begun == 0 or _last_byte(file) == b"\n"
        file.write((text if whole else f"\n{text}").encode())
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _last_byte(file: Any) -> bytes:
    file.seek(-1, os.SEEK_END)
    last: bytes = file.read(1)
    return last


def replay(lines: Iterable[Erasure], now: datetime) -> int:
    """Does again what the restored database does not know of; how many. What followed on it follows before a page
    opens: each handler of the new event runs at once, and a second time does no harm.
    """
    done = 0
    for line in lines:
        again = undoings().get(line.name)
        if again is None or Event.objects.filter(id=line.id).exists():
            continue
        done += bool(resolve(again)(UUID(line.subject), line.data, now))
        for event in Event.objects.filter(name=line.name, subject_id=line.subject, recorded_at=now):
            for handler in handlers_of(line.name):
                if not handler.together:
                    resolve(handler.handle)(event, now=now)
    return done

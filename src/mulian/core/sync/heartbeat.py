"""Remembers when a phone last spoke; written at most every five minutes, so a quiet sync writes nothing.

A reply never waits for it: contacts are gathered and written together every second, and one lost in a crash is
made up by the phone's next.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from mulian.core.database.rows import insert_values
from mulian.core.sync.models import Heartbeat

EVERY = timedelta(minutes=5)
_AGAIN = " ON CONFLICT (device) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in ("person", "at", "unsent", "skew_seconds")
)
_lock = threading.Lock()
_seen: dict[UUID, tuple[datetime, int]] = {}
_gathered: dict[UUID, _Beat] = {}


class _Beat(NamedTuple):
    device: UUID
    person: UUID
    at: datetime
    unsent: int
    skew_seconds: int


def beat(*, device: UUID, person: UUID, unsent: int, skew_seconds: int, now: datetime) -> None:
    """Keeps the last contact, the phone's count of unsent items, and how far its clock is off (seconds)."""
    last = _seen.get(device)
    if last is not None and now - last[0] < EVERY and last[1] == unsent:
        return
    with _lock:
        _seen[device] = (now, unsent)
        _gathered[device] = _Beat(device, person, now, max(0, unsent), skew_seconds)


def write(now: datetime) -> int:
    """Writes what was gathered; returns how many phones spoke."""
    with _lock:
        beats = list(_gathered.values())
        _gathered.clear()
    if beats:
        with transaction.atomic():
            insert_values(Heartbeat, _Beat._fields, beats, ending=_AGAIN)
    return len(beats)

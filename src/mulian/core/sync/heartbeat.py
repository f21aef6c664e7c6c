"""Remembers when a phone last spoke; written at most every five minutes, so a quiet sync writes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mulian.core.sync.models import Heartbeat

EVERY = timedelta(minutes=5)
_seen: dict[UUID, tuple[datetime, int]] = {}


def beat(*, device: UUID, person: UUID, unsent: int, skew_seconds: int, now: datetime) -> None:
    """Keeps the last contact, the phone's count of unsent items, and how far its clock is off (seconds)."""
    last = _seen.get(device)
    if last is not None and now - last[0] < EVERY and last[1] == unsent:
        return
    _seen[device] = (now, unsent)
    with transaction.atomic():
        Heartbeat.objects.update_or_create(
            device=device,
            defaults={"person": person, "at": now, "unsent": max(0, unsent), "skew_seconds": skew_seconds},
        )

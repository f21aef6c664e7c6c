"""Tells all phones when something of the county's pack that they hold has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from mulian.core.access.models import Device
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.events.models import Event as Row
from mulian.kernel.actor import SYSTEM
from mulian.kernel.event import Event


def publish(content: Any, *, kind: str, subject: UUID, told_as: Callable[[str], Event], now: datetime) -> int:
    """Writes one event to all phones when `content` differs from what was last told; returns 1 then, else 0.

    `told_as` makes the event of the content's digest, which it carries as `digest`.
    """
    digest = hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:16]
    last = Row.objects.filter(subject_kind=kind, subject_id=subject).order_by("-id").first()
    if last is not None and last.data.get("digest") == digest:
        return 0
    people = Device.objects.filter(revoked_at__isnull=True).values_list("person_id", flat=True).distinct()
    with transaction.atomic():
        append(told_as(digest), actor=SYSTEM, at=now, feeds=[feeds.of_person(person) for person in people])
    return 1

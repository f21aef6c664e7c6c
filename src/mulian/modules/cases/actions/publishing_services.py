"""Tells the phones when the county offers other services."""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec
from django.db import transaction

from mulian.core.access.models import Device
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.events.models import Event
from mulian.core.packs import current
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.events import SERVICES, ServicesChanged


def publish_services(now: datetime) -> int:
    """Writes one event to all phones when services.toml differs from what was last told; returns 1 then, else 0."""
    digest = hashlib.sha256(msgspec.json.encode(current().part("services"))).hexdigest()[:16]
    told = Event.objects.filter(subject_kind=ServicesChanged.subject_kind, subject_id=SERVICES)
    last = told.order_by("-id").first()
    if last is not None and last.data.get("digest") == digest:
        return 0
    people = Device.objects.filter(revoked_at__isnull=True).values_list("person_id", flat=True).distinct()
    with transaction.atomic():
        append(
            ServicesChanged(subject_id=SERVICES, digest=digest),
            actor=SYSTEM,
            at=now,
            feeds=[feeds.of_person(person) for person in people],
        )
    return 1

"""Tells the phones when the county offers other services."""

from __future__ import annotations

from datetime import datetime

from mulian.core.packs import current
from mulian.core.sync.publishing import publish
from mulian.modules.cases.events import SERVICES, ServicesChanged


def publish_services(now: datetime) -> int:
    """When services.toml differs from what was last told; returns 1 then, else 0."""
    return publish(
        current().part("services"),
        kind=ServicesChanged.subject_kind,
        subject=SERVICES,
        told_as=lambda digest: ServicesChanged(subject_id=SERVICES, digest=digest),
        now=now,
    )

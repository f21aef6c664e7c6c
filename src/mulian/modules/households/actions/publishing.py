"""Tells the phones when the county's catalogue has changed; they hold its words beside their households."""

from __future__ import annotations

from datetime import datetime

from mulian.core.packs import current
from mulian.core.sync.publishing import publish
from mulian.modules.households.events import CATALOGUE, CatalogueChanged


def publish_catalogue(now: datetime) -> int:
    """When register.toml or certificates.toml differ from what was last told; returns 1 then, else 0."""
    return publish(
        [current().part("register"), current().part("certificates")],
        kind=CatalogueChanged.subject_kind,
        subject=CATALOGUE,
        told_as=lambda digest: CatalogueChanged(subject_id=CATALOGUE, digest=digest),
        now=now,
    )

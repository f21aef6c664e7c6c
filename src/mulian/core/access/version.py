"""The number that tells every process when what it cached about access is stale: one small read a request."""

from __future__ import annotations

from django.db.models import F

from mulian.core.access.models import AccessVersion
from mulian.core.database.quick import fetch


def current() -> int:
    value: int = fetch("SELECT value FROM access_accessversion WHERE id = 1")[0][0]
    return value


def bump() -> None:
    """Called in the transaction of every change that touches who may do what."""
    AccessVersion.objects.filter(id=1).update(value=F("value") + 1)

"""A database that came back from a backup: what it lost is asked for again, and nothing is done twice."""

from __future__ import annotations

import secrets
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from mulian.core.events.models import Head
from mulian.core.sync import epochs
from mulian.core.sync.models import Applied, Command

BATCH = 500


def begin_anew(data: Path) -> None:
    """Names a new epoch: every phone counts its cursor as null and sends again what it keeps."""
    head = Head.objects.get(id=1)
    head.epoch = secrets.token_hex(8)
    head.save(update_fields=["epoch"])
    epochs.mark(data, head.epoch, head.pos)


def decide_again() -> int:
    """Commands the intake calls decided though the main file does not know them wait again; returns how many.

    On SQLite the intake is saved after the main file, so it can be ahead. What was refused on arrival (its
    bytes, or a revoked phone) never had a result row and stays refused.
    """
    decided = Command.objects.filter(state__in=(Command.State.APPLIED, Command.State.REFUSED))
    judged = decided.exclude(state=Command.State.REFUSED, decided_at=F("received_at"))
    ids = list(judged.values_list("id", flat=True).order_by("id"))
    again = 0
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        known = set(Applied.objects.filter(id__in=part).values_list("id", flat=True))
        again += _wait([id for id in part if id not in known])
    return again


def _wait(ids: list[UUID]) -> int:
    if not ids:
        return 0
    with transaction.atomic(using=settings.INTAKE):
        return Command.objects.filter(id__in=ids).update(
            state=Command.State.RECEIVED, code="", refs={}, decided_at=None, leased_until=None, tries=0
        )

"""Forgets what reports said that were put aside, a month after the decision (G20)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from mulian.core.events.retention import forgotten
from mulian.modules.cases.actions.letting_in import empty
from mulian.modules.cases.models import HeldReport

KEPT = timedelta(days=30)
"""Long enough for somebody to call and say that it was a report after all."""
BATCH = 200
SAYS = ~Q(text="") | ~Q(reach="") | ~Q(voice="") | ~Q(photos=[]) | Q(lat__isnull=False)


def held_due(now: datetime) -> QuerySet[HeldReport]:
    """Dropped ones that still say something."""
    return HeldReport.objects.filter(SAYS, state=HeldReport.State.DROPPED, decided_at__lt=now - KEPT)


@transaction.atomic
def sweep_held(now: datetime) -> int:
    """One batch, the oldest first; returns how many were emptied."""
    rows = list(held_due(now).select_for_update().order_by("decided_at", "id")[:BATCH])
    for row in rows:
        empty(row)
    if rows:
        forgotten(rule="cases.held", count=len(rows), until=now - KEPT, at=now)
    return len(rows)

"""A voice is content, not identity (G4): the sound goes half a year after its case was closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from mulian.core.events.retention import forgotten
from mulian.core.files import voices
from mulian.modules.cases.actions.spreading import KIND
from mulian.modules.cases.models import Case

VOICE_KEPT = timedelta(days=180)
"""After the case was closed. What was said stays as the listener wrote it down."""
BATCH = 100


def sweep_voices(now: datetime) -> int:
    """Takes the sound off cases closed long enough ago, a batch at a time; returns how many went.

    A case opened again is not closed: its voices stay.
    """
    done = 0
    while moved := _some(now):
        done += moved
    return done


def voices_due(now: datetime) -> QuerySet[Case]:
    """Cases closed long ago that still have a sound."""
    rows = Case.unscoped.because("retention reaches every case")
    return rows.filter(voices.with_voice(KIND), closed_at__lte=now - VOICE_KEPT)


def _some(now: datetime) -> int:
    until = now - VOICE_KEPT
    rows = Case.unscoped.because("retention reaches every case")
    due = voices_due(now).order_by("closed_at", "id")
    with transaction.atomic():
        ids = list(due.values_list("id", flat=True)[:BATCH])
        if not ids:
            return 0
        count = voices.take_off(KIND, ids)
        rows.filter(id__in=ids).update(answer_voice="", answer_seconds=None)
        forgotten(rule="cases.voices", count=count, until=until, at=now)
    return count

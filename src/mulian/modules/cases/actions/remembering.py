"""The translation memory is fed by interpreters, sentence by sentence, and forgets again (ADR 34).

Only what an office wrote to families enters it, only when the interpreter says that it names nobody, and never a
sentence that holds a number or a name that its case or task knows. What is not marked again, or two years old, is gone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from mulian.core.events.retention import forgotten
from mulian.modules.cases.actions import subjects
from mulian.modules.cases.actions.subjects import Subject
from mulian.modules.cases.domain.memory import SHORTEST, pairs, particular, size
from mulian.modules.cases.domain.translating import REMEMBERED
from mulian.modules.cases.models import Segment, Translation

KEPT = timedelta(days=730)
BATCH = 500


def keep(row: Translation, subject: Subject, *, remember: bool, at: datetime) -> int:
    """Inside an act: what was remembered of this text before goes, what may be remembered comes; returns how many."""
    Segment.objects.filter(translation=row).delete()
    if not remember or row.confidential or row.piece not in REMEMBERED:
        return 0
    names = list(subjects.names(subject))
    kept = [
        Segment(
            translation=row,
            language=row.language,
            original=original,
            text=text,
            size=size(original, row.language),
            kept_at=at,
        )
        for original, text in pairs(row.original, row.text)
        if size(original, row.language) >= SHORTEST
        and not particular(original, names)
        and not particular(text, names)
    ]
    Segment.objects.bulk_create(kept)
    return len(kept)


def memory_due(now: datetime) -> QuerySet[Segment]:
    """Sentences older than two years."""
    return Segment.objects.filter(kept_at__lte=now - KEPT)


def sweep_memory(now: datetime) -> int:
    """Sentences older than two years go, a batch at a time."""
    done = 0
    while moved := _some(now):
        done += moved
    return done


@transaction.atomic
def _some(now: datetime) -> int:
    ids = list(memory_due(now).order_by("kept_at", "id").values_list("id", flat=True)[:BATCH])
    if ids:
        Segment.objects.filter(id__in=ids).delete()
        forgotten(rule="cases.memory", count=len(ids), until=now - KEPT, at=now)
    return len(ids)

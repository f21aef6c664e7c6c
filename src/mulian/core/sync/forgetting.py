"""What phones sent is kept byte for byte until it is surely done: then the bytes go (the verdict stays)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from mulian.core.events.retention import forgotten
from mulian.core.sync.models import Command
from mulian.kernel.ids import before

APPLIED_KEPT = timedelta(days=35)
"""Phones send an acknowledged report again for 30 days; after that its result row alone answers for it."""
SEEN_KEPT = timedelta(days=30)
"""After an officer has looked at a refused one."""
BATCH = 500
BATCHES = 40


def sweep_commands(now: datetime) -> int:
    """Forgets in batches, at most so many a run; returns how many commands."""
    return _repeat(_applied, now) + _repeat(_refused, now)


def forget_applied(ids: Sequence[UUID]) -> int:
    """Applied ones whose content nobody may keep any more, before their time; the main file keeps their verdicts."""
    return Command.objects.filter(id__in=ids, state=Command.State.APPLIED).delete()[0]


def applied_due(now: datetime) -> QuerySet[Command]:
    """Applied ones that are surely done."""
    until = now - APPLIED_KEPT
    return Command.objects.filter(state=Command.State.APPLIED, id__lt=before(until), decided_at__lte=until)


def refused_due(now: datetime) -> QuerySet[Command]:
    """Refused ones whose bytes an officer has looked at."""
    seen = Command.objects.filter(state=Command.State.REFUSED, seen_at__lte=now - SEEN_KEPT)
    return seen.exclude(raw=b"")


def _repeat(some: Callable[[datetime], int], now: datetime) -> int:
    done = 0
    for _ in range(BATCHES):
        moved = some(now)
        done += moved
        if moved < BATCH:
            break
    return done


def _applied(now: datetime) -> int:
    """Whole rows, oldest ids first: the main file keeps id, verdict and what it made.

    By id, which carries the phone's clock, so that a look costs what is due: what a clock far ahead made is
    forgotten when that time has come.
    """
    until, due = now - APPLIED_KEPT, applied_due(now)
    with transaction.atomic(using=settings.INTAKE):
        ids = list(due.order_by("id").values_list("id", flat=True)[:BATCH])
        Command.objects.filter(id__in=ids).delete()
    return _told("sync.applied", len(ids), until, now)


def _refused(now: datetime) -> int:
    """Only the bytes: the row goes on saying that it was refused, and why."""
    until, due = now - SEEN_KEPT, refused_due(now)
    with transaction.atomic(using=settings.INTAKE):
        ids = list(due.order_by("received_at").values_list("id", flat=True)[:BATCH])
        Command.objects.filter(id__in=ids).update(raw=b"")
    return _told("sync.refused", len(ids), until, now)


def _told(rule: str, count: int, until: datetime, now: datetime) -> int:
    """The commands are another file on SQLite, so the event follows their transaction."""
    if count:
        with transaction.atomic():
            forgotten(rule=rule, count=count, until=until, at=now)
    return count

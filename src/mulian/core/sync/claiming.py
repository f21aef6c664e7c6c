"""Takes commands from the intake to be applied, and writes their verdicts back to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.core.database.quick import fetch
from mulian.core.database.rows import update_many
from mulian.core.database.vendor import is_postgresql, one_at_a_time, without_waiting
from mulian.core.sync.models import Applied, Command

LEASE = timedelta(seconds=30)
CLAIMING = 0x6D6C01
"""Number of the lock under which commands are claimed."""
SAVE = ["state", "code", "refs", "decided_at", "leased_until", "tries"]


def claim(now: datetime, limit: int) -> list[Command]:
    """Up to `limit` waiting commands, urgent first. On PostgreSQL leased, for several appliers may work at once.

    Of a phone whose commands another applier holds only urgent ones are taken: what somebody wrote on Monday is not
    to come after what they wrote on Tuesday. On SQLite one thread of one process applies, so a lease would only cost
    a commit; were there two, the result row would still let each command happen once.
    """
    if not _any():
        return []
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    rows = Command.objects.filter(free, state=Command.State.RECEIVED).order_by("-urgent", "id")
    if not is_postgresql(settings.INTAKE):
        return list(rows[:limit])
    with transaction.atomic(using=settings.INTAKE):
        without_waiting(using=settings.INTAKE)
        one_at_a_time(CLAIMING, using=settings.INTAKE)
        found = list(rows.filter(Q(urgent=True) | ~Exists(_in_hand(now)))[:limit])
        batch = _half(found) if len(found) == limit else found
        Command.objects.filter(id__in=[c.id for c in batch]).update(leased_until=now + LEASE)
    return batch


def _half(found: list[Command]) -> list[Command]:
    """While much waits, what half of the phones sent: the others' is left for another applier."""
    phones = list(dict.fromkeys(command.device for command in found))
    mine = set(phones[: (len(phones) + 1) // 2])
    return [command for command in found if command.device in mine]


def _in_hand(now: datetime) -> QuerySet[Command]:
    """Commands of the same phone being applied for the first time; one that failed before holds nobody up."""
    waiting = Command.objects.filter(state=Command.State.RECEIVED, device=OuterRef("device"))
    return waiting.filter(leased_until__gte=now, tries=0)


def _any() -> bool:
    """Asked many times a second, so it costs next to nothing; the state stands in the text for SQLite's index."""
    return bool(fetch("SELECT 1 FROM sync_command WHERE state = 'received' LIMIT 1", using=settings.INTAKE))


def settle(batch: Sequence[Command]) -> None:
    """Writes the verdicts to the intake and wakes what was parked behind them."""
    for command in batch:
        if command.state != Command.State.RECEIVED:
            command.leased_until = None
    with transaction.atomic(using=settings.INTAKE):
        update_many(batch, SAVE, using=settings.INTAKE)
        decided = {str(c.id) for c in batch if c.state in (Command.State.APPLIED, Command.State.REFUSED)}
        if decided:
            wake([c.id for c in parked() if decided & set(c.after)])


def unpark(now: datetime) -> int:
    """Sweep: wakes parked commands whose last dependency was decided by another process at the same moment."""
    waiting = list(parked())
    wanted = {UUID(one) for command in waiting for one in command.after}
    decided = {str(id) for id in Applied.objects.filter(id__in=wanted).values_list("id", flat=True)}
    return wake([c.id for c in waiting if set(c.after) <= decided])


def parked() -> QuerySet[Command]:
    return Command.objects.filter(state=Command.State.PARKED).only("id", "after")


def wake(ids: Sequence[UUID]) -> int:
    """Lets parked commands be claimed again; returns how many."""
    if not ids:
        return 0
    rows = Command.objects.filter(id__in=ids, state=Command.State.PARKED)
    return rows.update(state=Command.State.RECEIVED, leased_until=None)

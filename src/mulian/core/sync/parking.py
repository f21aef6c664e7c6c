"""Parked commands wait for what they build on, but not for ever: then they are refused, kept and shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from mulian.core.sync.claiming import settle
from mulian.core.sync.deciding import known_results, write_results
from mulian.core.sync.models import Command
from mulian.kernel.problems import register

AT_ONCE = 200
AFTER_NEVER = register(
    "sync.after_never",
    409,
    "What this report builds on never arrived.",
    "The county keeps it and looks at it.",
)


def sweep_parked(now: datetime) -> int:
    """Refuses what has been parked longer than `MULIAN_PARKED_DAYS`; returns how many.

    The phone keeps what was acknowledged for 30 days, so what is missing then is on no phone any more. What
    builds on a refused one is woken and refused in its turn.
    """
    late = now - timedelta(days=settings.MULIAN_PARKED_DAYS)
    rows = Command.objects.filter(state=Command.State.PARKED, received_at__lte=late).order_by("id")
    batch = list(rows.defer("raw")[:AT_ONCE])
    if not batch:
        return 0
    with transaction.atomic():
        known = known_results(batch)
        fresh = [command for command in batch if command.id not in known]
        for command in fresh:
            command.state, command.code, command.decided_at = Command.State.REFUSED, AFTER_NEVER, now
        write_results(fresh, now)
    for command in batch:
        if result := known.get(command.id):
            command.state, command.code, command.refs = result.state, result.code, result.refs
            command.decided_at = result.at
    settle(batch)
    return len(batch)

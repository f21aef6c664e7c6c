"""Runs the modules' sweeps. A sweep that raises is pushed back and shown; it never stops the others."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from mulian.core.events.models import TimerRun
from mulian.core.registry import Timer, resolve, timers
from mulian.kernel import faults

log = logging.getLogger(__name__)


def run_due(now: datetime) -> int:
    """Runs each timer that is due, one worker at a time; returns how many rows the sweeps moved."""
    rows = {row.name: row for row in TimerRun.objects.all()}
    return sum(_run(timer, now) for timer in timers() if _claim(timer, rows.get(timer.name), now))


def _claim(timer: Timer, row: TimerRun | None, now: datetime) -> bool:
    """Winning the conditional update wins the run: two workers never sweep together."""
    if row is None:
        with transaction.atomic():
            _, created = TimerRun.objects.get_or_create(
                name=timer.name, defaults={"due_at": now + timer.every}
            )
            return created
    if row.due_at > now:
        return False
    won = TimerRun.objects.filter(name=timer.name, due_at=row.due_at).update(due_at=now + timer.every)
    return won == 1


def _run(timer: Timer, now: datetime) -> int:
    try:
        moved: int = resolve(timer.sweep)(now)
    except Exception as error:
        log.exception("sweep %s failed", timer.name)
        later = now + max(timer.every, timedelta(minutes=1))
        TimerRun.objects.filter(name=timer.name).update(due_at=later, failures=1, error=faults.told(error))
        return 0
    TimerRun.objects.filter(name=timer.name, failures__gt=0).update(failures=0, error="")
    return moved

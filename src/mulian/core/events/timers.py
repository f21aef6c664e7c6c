"""Runs the modules' sweeps. A sweep that raises is pushed back and shown; it never stops the others."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from mulian.core.events.models import TimerRun
from mulian.core.registry import Timer, resolve, timers
from mulian.kernel import faults

log = logging.getLogger(__name__)


def run_due(now: datetime, only: Collection[str] | None = None) -> int:
    """Runs each timer that is due (of these names), one worker at a time; returns how many rows the sweeps moved."""
    rows = {row.name: row for row in TimerRun.objects.all()}
    asked = [timer for timer in timers() if only is None or timer.name in only]
    return sum(_run(timer, now) for timer in asked if _claim(timer, rows.get(timer.name), now))


def threads() -> dict[str, frozenset[str]]:
    """Thread → names of the timers it runs: those that wait for machines of others have one each."""
    inside = frozenset(timer.name for timer in timers() if not timer.outside)
    return {"sweep": inside, **{timer.name: frozenset({timer.name}) for timer in timers() if timer.outside}}


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

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
    return sum(
        _run(timer, now, row) for timer in asked for row in [rows.get(timer.name)] if _claim(timer, row, now)
    )


def threads() -> dict[str, frozenset[str]]:
    """Thread → names of the timers it runs: a module's that wait for machines of others, or work long, have one."""
    found: dict[str, set[str]] = {"sweep": set()}
    for timer in timers():
        thread = timer.name.partition(".")[0] if timer.outside else "sweep"
        found.setdefault(thread, set()).add(timer.name)
    return {thread: frozenset(names) for thread, names in found.items()}


def _claim(timer: Timer, row: TimerRun | None, now: datetime) -> bool:
    """Winning the conditional update wins the run: two workers never sweep together.

    Each write stands in a transaction, for only those queue at our lock; SQLite's own is polled, and holds up the line.
    """
    if row is None:
        with transaction.atomic():
            _, created = TimerRun.objects.get_or_create(
                name=timer.name, defaults={"due_at": now + timer.every}
            )
            return created
    if row.due_at > now:
        return False
    with transaction.atomic():
        mine = TimerRun.objects.filter(name=timer.name, due_at=row.due_at)
        return mine.update(due_at=now + timer.every) == 1


def _run(timer: Timer, now: datetime, before: TimerRun | None) -> int:
    try:
        moved: int = resolve(timer.sweep)(now)
    except Exception as error:
        log.exception("sweep %s failed", timer.name)
        later = now + max(timer.every, timedelta(minutes=1))
        _note(timer, due_at=later, failures=1, error=faults.told(error))
        return 0
    if before is not None and before.failures:
        _note(timer, failures=0, error="")
    return moved


@transaction.atomic
def _note(timer: Timer, **what: object) -> None:
    TimerRun.objects.filter(name=timer.name).update(**what)

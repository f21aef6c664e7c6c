"""The worker's part of brought tables: compare, write, take back; a little each time."""

from __future__ import annotations

from datetime import datetime, timedelta

from mulian.modules.households.actions.importing.applying import apply_some
from mulian.modules.households.actions.importing.comparing import compare
from mulian.modules.households.actions.importing.undoing import undo_some
from mulian.modules.households.models import Import

KEPT = timedelta(days=30)
"""How long the lines of a table stay after the last step with it."""
STEPS = 40
"""Transactions of one sweep: a table shares the worker with others."""
State = Import.State


def work_on(now: datetime) -> int:
    """Goes on with every table that waits for the worker; returns how many steps were done."""
    done = 0
    for row in Import.objects.filter(state=State.COMPARING).order_by("changed_at"):
        compare(row, now)
        done += 1
    for state, step in ((State.APPLYING, apply_some), (State.UNDOING, undo_some)):
        for row in Import.objects.filter(state=state).order_by("changed_at"):
            reached = 0
            for _ in range(STEPS):
                done += 1
                came = step(row, now, reached)
                if came is None or not Import.objects.filter(id=row.id, state=state).exists():
                    break
                reached = came
    return done

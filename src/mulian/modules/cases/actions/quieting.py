"""An answered case closes by itself after seven days without a word from the family."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mulian.core.database.batch import together
from mulian.core.database.vendor import skip_locked
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.domain.feedback import QUIET_DAYS, falls_quiet
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import holding

BATCH = 10


def sweep_answered(now: datetime) -> int:
    """Closes what fell quiet; returns how many."""
    done = 0
    while moved := _some(now):
        done += moved
    return done


def _some(now: datetime) -> int:
    rows = Case.unscoped.because("the sweep closes every quiet case")
    due = rows.filter(state=State.ANSWERED, answered_at__lte=now - timedelta(days=QUIET_DAYS))
    if not due.exists():
        return 0
    with transaction.atomic(), together():
        found = list(skip_locked(due.order_by("answered_at"))[:BATCH])
        for row in found:
            if falls_quiet(State(row.state), row.answered_at, now):
                steps.finish(Opened(row, holding.receivers_of(row.id)), SYSTEM, now, because="quiet")
    return len(found)

"""An answered case closes by itself after seven days without a word from the family; an unheard voice is a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.core.database.batch import together
from mulian.core.database.vendor import skip_locked
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.domain.feedback import QUIET_DAYS, falls_quiet
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.models import Case, ListeningItem
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
    since = now - timedelta(days=QUIET_DAYS)
    due = rows.filter(~Exists(_heard_since(since)), state=State.ANSWERED, answered_at__lte=since)
    if not due.exists():
        return 0
    with transaction.atomic(), together():
        found = list(skip_locked(due.order_by("answered_at"))[:BATCH])
        for row in found:
            if falls_quiet(State(row.state), row.answered_at, now):
                steps.finish(Opened(row, holding.receivers_of(row.id)), SYSTEM, now, because="quiet")
    return len(found)


def _heard_since(since: datetime) -> QuerySet[ListeningItem]:
    """Words of the family by voice that wait to be heard, or were heard so lately that somebody may still ask."""
    words = ListeningItem.objects.filter(case=OuterRef("pk"), about=ListeningItem.About.FEEDBACK)
    return words.filter(~Q(state=ListeningItem.State.DONE) | Q(done_at__gt=since))

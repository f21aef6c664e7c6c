"""The canary: a promise to nobody that must climb every hour, on the same road as every other.

Zammad 4.0 showed no overdue ticket at all (#3523), and nobody was told. Here a promise without a case, in no
list, figure or phone, falls due every hour and is found by the same sweep; when it did not climb, health says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mulian.modules.cases.actions.marking import mark
from mulian.modules.cases.domain import canary as rule
from mulian.modules.cases.domain import ladder
from mulian.modules.cases.domain.ladder import LadderRules, StepKind
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.models import LadderStep, Promise
from mulian.modules.cases.queries import holding

KEPT = timedelta(days=7)


def sweep_canary(now: datetime) -> int:
    """Every hour a new one; those of last week go. Returns how many were made."""
    last = Promise.objects.filter(case__isnull=True).order_by("-start").first()
    if last is not None and now < last.start + rule.EVERY:
        return 0
    old = Promise.objects.filter(case__isnull=True, start__lt=now - KEPT).exclude(state=Promise.State.RUNNING)
    LadderStep.objects.filter(promise__in=old).delete()
    old.delete()
    made = holding.put(Promise(kind=rule.KIND), rule.hatch(now))
    made.next_at = made.remind_at
    made.save()
    return 1


def climb(row: Promise, fired: set[str], now: datetime) -> None:
    """Its steps fire as a case's do, only nobody is told; overdue once, it has done its duty."""
    held = holding.promise_of(row)
    rules = LadderRules()
    steps = ladder.due_steps(held, now=now, rules=rules, urgent=False, holder=Level.VILLAGE, fired=fired)
    for step in steps:
        mark(row, step, now)
    if any(step.kind is StepKind.OVERDUE for step in steps):
        row.state, row.met_at, row.next_at = Promise.State.MISSED, now, None
    else:
        row.next_at = ladder.next_look(held, now=now, rules=rules, urgent=False)

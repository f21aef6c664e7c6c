"""Whether the ladder climbs: what `/healthz` and `mulian doctor` say of it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Min

from mulian.kernel.clock import CN
from mulian.modules.cases.domain import canary
from mulian.modules.cases.domain.ladder import StepKind
from mulian.modules.cases.models import LadderStep, Promise


def faults(now: datetime, awake: datetime | None = None) -> list[str]:
    """Empty while the canary climbs. `awake`: since when this server runs (one that slept is not to blame)."""
    fired = LadderStep.objects.filter(promise__case__isnull=True, kind=StepKind.OVERDUE)
    climbed = fired.aggregate(last=Max("fired_at"))["last"]
    born = Promise.objects.filter(case__isnull=True).aggregate(first=Min("start"))["first"]
    since = max((each for each in (born, awake) if each), default=None)
    if not canary.stands_still(climbed=climbed, since=since, now=now):
        return []
    last = climbed or born
    said = last.astimezone(CN).strftime("%Y-%m-%d %H:%M") if last else "the start"
    return [
        f"the ladder stands still: the hourly test promise has not climbed since {said}, so nobody is reminded of "
        "what falls due; is the worker running? restart it, then see the sweeps in mulian doctor"
    ]

"""What went by each rule of retention, and what goes next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from mulian.core.events.models import Event
from mulian.core.events.retention import Forgotten
from mulian.core.registry import Retention, resolve, retentions

SOON = timedelta(days=30)
LAST = 400
"""Batches looked back at."""


@dataclass(frozen=True)
class Stand:
    """One rule: rows due now, rows due within thirty days more, rows that went lately and when last."""

    rule: Retention
    now: int
    soon: int
    went: int
    last: datetime | None


def stands(at: datetime) -> list[Stand]:
    """Every rule of all modules, by name."""
    went: defaultdict[str, int] = defaultdict(int)
    last: dict[str, datetime] = {}
    batches = Event.objects.filter(name=Forgotten.name).order_by("-recorded_at", "-id")[:LAST]
    for event in batches:
        rule = event.data["rule"]
        went[rule] += event.data["count"]
        last.setdefault(rule, event.recorded_at)
    return [_stand(rule, at, went[rule.rule], last.get(rule.rule)) for rule in retentions()]


def _stand(rule: Retention, at: datetime, went: int, last: datetime | None) -> Stand:
    due = resolve(rule.due)
    now = due(at).count()
    return Stand(rule, now, due(at + SOON).count() - now, went, last)

"""How cases moved on, read from the log: which changed in a time, and each step of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.events.models import Event

STEPS = (
    "cases.taken", "cases.started", "cases.waiting", "cases.solved", "cases.answered", "cases.closed", "cases.reopened",
    "cases.returned", "cases.passed_up", "cases.transferred",
)  # fmt: skip
"""What moves a case on; the report itself is its beginning."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One step: the event's id, whose it is, the state it led to, and when."""

    id: UUID
    case: UUID
    state: str
    at: datetime


def changed_between(since: datetime | None, until: datetime | None) -> QuerySet[Event, Any]:
    """Ids (a subquery, one column) of cases that came in or moved on in a time."""
    return _events(since, until, ("cases.reported", *STEPS)).values("subject_id")


def changes(
    since: datetime, until: datetime, *, after: UUID | None = None, limit: int = 1000
) -> list[Change]:
    """Steps in a time, oldest first; for code that then leaves out what its reader may not see."""
    rows = _events(since, until, STEPS)
    if after is not None:
        rows = rows.filter(id__gt=after)
    found = rows.order_by("id").values_list("id", "subject_id", "data", "recorded_at")[:limit]
    return [Change(id=id, case=case, state=str(data.get("state", "")), at=at) for id, case, data, at in found]


def _events(since: datetime | None, until: datetime | None, names: tuple[str, ...]) -> QuerySet[Event, Any]:
    """Ids are ordered by time and never made before what they record, so the beginning is found by the key."""
    wanted = Q(name__in=names, subject_kind="case")
    if since is not None:
        wanted &= Q(id__gte=_first_id(since), recorded_at__gte=since)
    if until is not None:
        wanted &= Q(recorded_at__lte=until)
    return Event.objects.filter(wanted)


def _first_id(at: datetime) -> UUID:
    """The smallest version 7 id of a millisecond."""
    return UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62)

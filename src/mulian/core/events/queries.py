"""Reads of the log: a subject's timeline, the feed's tip, what is wrong. Callers check the subject's scope first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mulian.core.database.quick import fetch
from mulian.core.events.models import Delivery, Event, EventPrivate, FeedKey


@dataclass(frozen=True)
class Fact:
    """One line of a timeline, with its personal values where they have not been erased."""

    event: Event
    values: dict[str, Any]


def timeline(subject_kind: str, subject_id: UUID) -> list[Fact]:
    """All facts about one subject, oldest first."""
    rows = list(Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("id"))
    privates = {p.event_id: p.values for p in EventPrivate.objects.filter(event__in=[r.id for r in rows])}
    return [Fact(row, {**row.data, **privates.get(row.id, {})}) for row in rows]


def head() -> tuple[int, str]:
    """The last stamped position, and the epoch it belongs to."""
    pos, epoch = fetch("SELECT pos, epoch FROM events_head WHERE id = 1")[0]
    return pos, epoch


def tip() -> int:
    """The last stamped position."""
    return head()[0]


def news(keys: Iterable[str], after: int, upto: int, limit: int) -> list[FeedKey]:
    """Feed rows of some readers in (after, upto], oldest first."""
    rows = FeedKey.objects.filter(key__in=sorted(keys), pos__gt=after, pos__lte=upto)
    return list(rows.order_by("pos")[:limit])


def dead_letters() -> list[Delivery]:
    return list(
        Delivery.objects.filter(state=Delivery.State.DEAD).select_related("event").order_by("id")[:200]
    )

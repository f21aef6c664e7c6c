"""Verifies the log's hash chain and erases personal values without breaking it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mulian.core.events.log import commitment
from mulian.core.events.models import Event, EventPrivate, Head
from mulian.core.events.stamper import link


@dataclass(frozen=True)
class Break:
    """The first place where the log is not what was written."""

    pos: int
    reason: str


def verify() -> Break | None:
    """Walks the whole chain; None when every link, position and commitment holds up to the head."""
    previous, expected = "", 0
    privates = {p.event_id: p for p in EventPrivate.objects.all()}
    for row in Event.objects.filter(pos__isnull=False).order_by("pos").iterator(chunk_size=2000):
        expected += 1
        if row.pos != expected:
            return Break(expected, "missing")
        previous = link(previous, expected, row)
        if row.chain != previous:
            return Break(expected, "changed")
        private = privates.get(row.id)
        if private and commitment(private.salt, private.values) != row.commitment:
            return Break(expected, "private values changed")
    head = Head.objects.get(id=1)
    if (head.pos, head.chain) != (expected, previous):
        return Break(expected + 1, "tail missing")
    return None


def erase(event_id: UUID) -> None:
    """Deletes the personal values of one event (erasure by law); the chain stays valid."""
    EventPrivate.objects.filter(event_id=event_id).delete()


def erase_about(subject_kind: str, subject_id: UUID) -> int:
    """Deletes the personal values of every event about one subject; how many there were."""
    about = Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id).values("id")
    return EventPrivate.objects.filter(event__in=about).delete()[0]

"""The listening desk: claim a voice, write it down, hand it over when nobody does."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from mulian.core.access.models import DutyShift
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import spreading
from mulian.modules.cases.models import Case, ListeningItem

WAIT, URGENT_WAIT = timedelta(minutes=10), timedelta(minutes=2)
"""How long one listener has to claim or finish before the next is asked."""


def ask(case: Case, *, at: datetime) -> ListeningItem:
    """Puts a voice on the queue and asks the listener on the rota (inside the caller's transaction)."""
    item = ListeningItem(
        id=uuid7(),
        case=case,
        language=case.language,
        urgent=case.urgent,
        asked_id=next_listener(case.language, (), at),
        created_at=at,
        due_at=at + wait(case.urgent),
    )
    item.save(force_insert=True)
    if item.asked_id:
        tell_listener(item, case, at)
    return item


def wait(urgent: bool) -> timedelta:
    return URGENT_WAIT if urgent else WAIT


def next_listener(language: str, passed: tuple[str, ...], at: datetime) -> UUID | None:
    """Who is on the listening rota now and was not asked yet; those who speak the language first."""
    rows = DutyShift.objects.filter(kind=DutyShift.Kind.LISTENING, starts__lte=at, ends__gt=at)
    shifts = [s for s in rows.order_by("starts", "id") if str(s.person_id) not in passed]
    best = [s for s in shifts if s.language == language] or [s for s in shifts if not s.language] or shifts
    return best[0].person_id if best else None


def tell_listener(item: ListeningItem, case: Case, at: datetime) -> None:
    spreading.notify(
        case,
        [item.asked_id],
        kind="listen",
        title="A voice waits to be heard: %(number)s",
        key=f"listen:{len(item.passed)}",
        at=at,
    )

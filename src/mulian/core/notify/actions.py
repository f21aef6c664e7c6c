"""Tell people something, and mark it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from mulian.core.database.batch import later
from mulian.core.database.rows import IGNORE, insert_values
from mulian.core.events.retention import forgotten
from mulian.core.notify.gateway import sms_gateway
from mulian.core.notify.models import Notice, NoticeSend
from mulian.core.notify.sending import run_due as run_due
from mulian.core.notify.timing import sms_due
from mulian.core.registry import quiet
from mulian.kernel.actor import Actor

KEPT = timedelta(days=400)
BATCH = 500
_NAMES = UUID("6b1f0d52-2f0e-5d07-9d52-0d6c2b6a7c11")
"""Root of the notices' ids: the same key and person always make the same id."""


def tell(
    *,
    persons: Iterable[UUID],
    kind: str,
    title: str,
    params: Mapping[str, Any],
    link: str,
    subject_kind: str,
    subject_id: UUID,
    urgent: bool,
    key: str,
    at: datetime,
) -> None:
    """Tell each person once: whoever was told under the same `key` before is not told again.

    `title` is a gettext source string, `params` its JSON values; an SMS uses nothing of them but `number`.
    The notice is in the console at once; where the county has a gateway, the SMS leaves by the rules of `timing`.
    """
    for person in dict.fromkeys(persons):
        row = _Row(
            id=uuid5(_NAMES, f"{person}:{key}"),
            person=person,
            kind=kind,
            title=title,
            params=dict(params),
            link=link,
            subject_kind=subject_kind,
            subject_id=subject_id,
            urgent=urgent,
            key=key,
            created_at=at,
        )
        later(_write, row)


class _Row(NamedTuple):
    """A notice as it is written; nobody reads it back at once."""

    id: UUID
    person: UUID
    kind: str
    title: str
    params: dict[str, Any]
    link: str
    subject_kind: str
    subject_id: UUID
    urgent: bool
    key: str
    created_at: datetime


@transaction.atomic
def _write(rows: list[_Row]) -> None:
    """The notice itself is in the console; only what leaves it has a row of its own."""
    insert_values(Notice, _Row._fields, rows, ending=IGNORE)
    if sms_gateway().available:
        names = ("id", "notice_id", "channel", "due_at")
        insert_values(NoticeSend, names, [_send(row) for row in rows], ending=IGNORE)


def mark_read(
    *, actor: Actor, at: datetime, ids: Iterable[UUID] | None = None, subject: UUID | None = None
) -> int:
    """Mark one's own notices read: these, those about a subject, or all; returns how many were unread."""
    mine = Notice.objects.filter(person=actor.person, read_at=None)
    if ids is not None:
        mine = mine.filter(id__in=list(ids))
    if subject is not None:
        mine = mine.filter(subject_id=subject)
    return mine.update(read_at=at)


def due(now: datetime) -> QuerySet[Notice]:
    """Notices that nobody may keep longer."""
    return Notice.objects.filter(created_at__lt=now - KEPT)


def sweep(now: datetime) -> int:
    """Notices older than thirteen months go, with their sends, a batch at a time; returns how many."""
    done = 0
    while moved := _forget(now):
        done += moved
    return done


@transaction.atomic
def _forget(now: datetime) -> int:
    until = now - KEPT
    ids = list(due(now).order_by("created_at").values_list("id", flat=True)[:BATCH])
    if ids:
        Notice.objects.filter(id__in=ids).delete()
        forgotten(rule="notify.notices", count=len(ids), until=until, at=now)
    return len(ids)


def _send(row: _Row) -> tuple[UUID, UUID, str, datetime]:
    sms = NoticeSend.Channel.SMS.value
    return uuid5(row.id, sms), row.id, sms, sms_due(row.created_at, urgent=row.urgent, quiet=quiet()())

"""Sends what is due, once. A batch is claimed by a lease, sent outside any transaction, then settled.

The batch's id goes with it to the gateway: if the server dies after the gateway took it and before that was
written down, it is sent again under the same id, which the gateway counts as the same SMS.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from mulian.core.access.models import Person
from mulian.core.notify.gateway import Answer, SmsGateway, sms_gateway
from mulian.core.notify.models import Bounce, Notice, NoticeSend, Pause
from mulian.core.notify.timing import next_try
from mulian.core.notify.wording import sms_text
from mulian.core.registry import quiet

LEASE = timedelta(minutes=10)
"""Longer than all calls of one round may take (20 batches of 10 seconds)."""
BOUNCES = 3
"""So many rejections in a row stop a number until the person has another one."""
FAILURES, PAUSE = 5, timedelta(minutes=5)
"""So many failures of the gateway in a row pause it for so long."""
State = NoticeSend.State
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One SMS: an urgent notice alone, or all that can wait for one person."""

    id: UUID
    person: UUID
    sends: tuple[NoticeSend, ...]

    @property
    def urgent(self) -> bool:
        return self.sends[0].notice.urgent

    @property
    def rows(self) -> QuerySet[NoticeSend]:
        return NoticeSend.objects.filter(id__in=[send.id for send in self.sends], state=State.DUE)


def run_due(now: datetime, limit: int = 20) -> int:
    """Send up to `limit` due SMS; returns how many batches were tried or settled."""
    if not _due(now).exists():
        return 0
    batches, gateway = _claim(now, limit), sms_gateway()
    for done, batch in enumerate(batches):
        if not _run(batch, gateway, now):
            _give_back(batches[done + 1 :])
            return done + 1
    return len(batches)


def _due(now: datetime) -> QuerySet[NoticeSend]:
    due = NoticeSend.objects.filter(channel=NoticeSend.Channel.SMS, state=State.DUE, due_at__lte=now)
    return due.exclude(leased_until__gt=now)


@transaction.atomic
def _claim(now: datetime, limit: int) -> list[Batch]:
    """One worker at a time chooses (for milliseconds), so that a person's digest is never split in two."""
    Pause.objects.get_or_create(id=1)
    pause = Pause.objects.select_for_update().get(id=1)
    if pause.until is not None and pause.until > now:
        return []
    due = _due(now).select_related("notice")
    heads = list(due.order_by("-notice__urgent", "due_at", "id")[:limit])
    waiting = {send.notice.person for send in heads if not send.notice.urgent}
    digests = due.filter(notice__person__in=waiting, notice__urgent=False).order_by("due_at", "id")
    batches = _batches([*(send for send in heads if send.notice.urgent), *digests])
    for batch in batches:
        batch.rows.update(batch=batch.id, leased_until=now + LEASE, attempts=F("attempts") + 1)
    return batches


def _batches(sends: Iterable[NoticeSend]) -> list[Batch]:
    """What was sent together before is tried together again, under the same id."""
    groups: dict[object, list[NoticeSend]] = {}
    for send in sends:
        alone = send.id if send.notice.urgent else send.notice.person
        groups.setdefault(send.batch or alone, []).append(send)
    return [
        Batch(id=group[0].batch or group[0].id, person=group[0].notice.person, sends=tuple(group))
        for group in groups.values()
    ]


def _run(batch: Batch, gateway: SmsGateway, now: datetime) -> bool:
    """False when the gateway needs a rest."""
    person = Person.objects.filter(id=batch.person, is_active=True).first()
    number = person.phone if person else ""
    notices = _unread(batch)
    if not gateway.available:
        batch.rows.update(state=State.NO_CHANNEL)
    elif not notices:
        batch.rows.update(state=State.READ_BEFORE)
    elif not person or not number:
        batch.rows.update(state=State.NO_NUMBER)
    elif _stopped(batch.person, number):
        batch.rows.update(state=State.DEAD, error="number rejected before")
    else:
        answer = _send(gateway, number, sms_text(notices, person.language), batch.id)
        return _settle(batch, number, answer, now)
    return True


def _unread(batch: Batch) -> list[Notice]:
    """What the person has already read in the console needs no digest; an urgent notice is sent regardless.

    A batch that was tried before keeps its text: the gateway may have it already.
    """
    if batch.urgent or batch.sends[0].batch is not None:
        return [send.notice for send in batch.sends]
    return [send.notice for send in batch.sends if send.notice.read_at is None]


def _send(gateway: SmsGateway, number: str, text: str, id: UUID) -> Answer:
    try:
        return gateway.send(number, text, str(id))
    except Exception:
        log.exception("the SMS gateway raised")
        return "failed"


@transaction.atomic
def _settle(batch: Batch, number: str, answer: Answer, now: datetime) -> bool:
    if answer == "failed":
        return _failed(batch, now)
    Pause.objects.filter(id=1).update(failures=0, until=None)
    if answer == "rejected":
        batch.rows.update(state=State.DEAD, error="number rejected")
        _bounced(batch.person, number, now)
    else:
        batch.rows.update(state=State.SENT, sent_at=now, error="")
        Bounce.objects.filter(person=batch.person).delete()
    return True


def _failed(batch: Batch, now: datetime) -> bool:
    attempts = batch.sends[0].attempts + 1
    later = next_try(now, attempts, urgent=batch.urgent, quiet=quiet()())
    if later is None:
        batch.rows.update(state=State.DEAD, error="gateway failed")
    else:
        batch.rows.update(due_at=later, leased_until=None, error="gateway failed")
    pause = Pause.objects.select_for_update().get(id=1)
    pause.failures += 1
    pause.until = now + PAUSE if pause.failures >= FAILURES else None
    pause.save()
    return pause.until is None


def _give_back(batches: Iterable[Batch]) -> None:
    """Claimed but not tried: as if nothing had happened."""
    for batch in batches:
        batch.rows.update(leased_until=None, attempts=F("attempts") - 1)


def _stopped(person: UUID, number: str) -> bool:
    return Bounce.objects.filter(person=person, times__gte=BOUNCES, number_hash=_hash(number)).exists()


def _bounced(person: UUID, number: str, now: datetime) -> None:
    """Another number than last time begins to count anew."""
    Bounce.objects.filter(person=person).exclude(number_hash=_hash(number)).delete()
    Bounce.objects.get_or_create(person=person, defaults={"number_hash": _hash(number), "last_at": now})
    Bounce.objects.filter(person=person).update(times=F("times") + 1, last_at=now)


def _hash(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()

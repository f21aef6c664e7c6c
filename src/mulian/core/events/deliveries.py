"""Runs handlers: each (event, handler) exactly once, apart from the others; a poison event blocks nobody."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from mulian.core.database.vendor import skip_locked
from mulian.core.events.models import Delivery
from mulian.core.registry import handlers, resolve
from mulian.kernel import faults

LEASE = timedelta(seconds=60)
BACKOFF = (5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600)
log = logging.getLogger(__name__)


def run_due(now: datetime, limit: int = 50) -> int:
    """Claims up to `limit` due deliveries and runs them; returns how many were tried."""
    claimed = _claim(now, limit)
    for delivery_id in claimed:
        _run(delivery_id, now)
    return len(claimed)


def _claim(now: datetime, limit: int) -> list[int]:
    due = Delivery.objects.filter(state=Delivery.State.PENDING, due_at__lte=now).exclude(leased_until__gt=now)
    if not due.exists():
        return []
    with transaction.atomic():
        ids = list(skip_locked(due.order_by("due_at", "id")).values_list("id", flat=True)[:limit])
        Delivery.objects.filter(id__in=ids).update(leased_until=now + LEASE)
    return ids


def _run(delivery_id: int, now: datetime) -> None:
    """The handler's effect and the mark `done` commit together: kill -9 loses and doubles nothing."""
    paths = {handler.name: handler.handle for handler in handlers()}
    try:
        with transaction.atomic():
            rows = Delivery.objects.select_related("event")
            delivery = skip_locked(rows).filter(id=delivery_id, state=Delivery.State.PENDING).first()
            if delivery is None:
                return
            resolve(paths[delivery.handler])(delivery.event, now=now)
            Delivery.objects.filter(id=delivery_id).update(state=Delivery.State.DONE, leased_until=None)
    except Exception as error:
        log.exception("delivery %s failed", delivery_id)
        _postpone(delivery_id, now, faults.told(error))


def _postpone(delivery_id: int, now: datetime, error: str) -> None:
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(id=delivery_id)
        delivery.attempts += 1
        delivery.leased_until = None
        delivery.error = error
        if delivery.attempts > len(BACKOFF):
            delivery.state = Delivery.State.DEAD
        else:
            delivery.due_at = now + timedelta(seconds=BACKOFF[delivery.attempts - 1])
        delivery.save()


def revive(delivery_id: int, now: datetime) -> None:
    """A person sends a dead letter round again."""
    Delivery.objects.filter(id=delivery_id, state=Delivery.State.DEAD).update(
        state=Delivery.State.PENDING, attempts=0, due_at=now, leased_until=None
    )

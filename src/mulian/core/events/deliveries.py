"""Runs handlers: each (event, handler) exactly once, apart from the others; a poison event blocks nobody."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from mulian.core.database.vendor import skip_locked
from mulian.core.events.models import Delivery
from mulian.core.registry import Handler, handlers, resolve
from mulian.kernel import faults

LEASE = timedelta(seconds=60)
BACKOFF = (5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600)
log = logging.getLogger(__name__)


def run_due(now: datetime, limit: int = 150) -> int:
    """Claims up to `limit` due deliveries and runs them; returns how many were tried."""
    known = {handler.name: handler for handler in handlers()}
    claimed = _claim(now, limit)
    for name in dict.fromkeys(handler for _, handler in claimed):
        ids = [id for id, handler in claimed if handler == name]
        if not (name in known and known[name].together and _run_together(known[name], ids, now)):
            for id in ids:
                _run(known, name, id, now)
    return len(claimed)


def _claim(now: datetime, limit: int) -> list[tuple[int, str]]:
    """Deliveries with their handlers."""
    due = Delivery.objects.filter(state=Delivery.State.PENDING, due_at__lte=now).exclude(leased_until__gt=now)
    if not due.exists():
        return []
    with transaction.atomic():
        rows = list(skip_locked(due.order_by("due_at", "id")).values_list("id", "handler")[:limit])
        Delivery.objects.filter(id__in=[id for id, _ in rows]).update(leased_until=now + LEASE)
    return rows


def _run_together(handler: Handler, ids: list[int], now: datetime) -> bool:
    """In one transaction; False when it raised: then each runs alone, so that a poison event fails alone."""
    try:
        with transaction.atomic():
            _handle(handler, ids, now)
    except Exception:
        return False
    return True


def _run(known: Mapping[str, Handler], name: str, id: int, now: datetime) -> None:
    """The handler's effect and the mark `done` commit together: kill -9 loses and doubles nothing."""
    try:
        with transaction.atomic():
            _handle(known[name], [id], now)
    except Exception as error:
        log.exception("delivery %s failed", id)
        _postpone(id, now, faults.told(error))


def _handle(handler: Handler, ids: list[int], now: datetime) -> None:
    rows = Delivery.objects.select_related("event")
    pending = list(
        skip_locked(rows).filter(id__in=ids, state=Delivery.State.PENDING).order_by("due_at", "id")
    )
    if not pending:
        return
    handle = resolve(handler.handle)
    if handler.together:
        handle([each.event for each in pending], now=now)
    else:
        handle(pending[0].event, now=now)
    done = [each.id for each in pending]
    Delivery.objects.filter(id__in=done).update(state=Delivery.State.DONE, leased_until=None)


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

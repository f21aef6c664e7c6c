"""What the register keeps only so long goes by itself: a batch at a time, one event a batch (G20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.core.events.retention import forgotten
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households.actions.authority import locked
from mulian.modules.households.actions.erasing import erase
from mulian.modules.households.actions.importing.sweeping import KEPT as TABLES_KEPT
from mulian.modules.households.actions.phone_papers import KEPT as PICTURES_KEPT
from mulian.modules.households.domain.catalogue import months_after
from mulian.modules.households.domain.requests import Extent, State
from mulian.modules.households.models import (
    Household,
    Import,
    ImportLine,
    Member,
    Need,
    PhonePaper,
    Reading,
    Request,
)
from mulian.modules.households.queries.catalogue import catalogue

WHY = "retention reaches every household"
YEARS_3 = timedelta(days=1095)
"""How long a family may still ask who opened its record, what it asked, and, after it left, have it opened again."""
BATCH = 200
BATCHES = 50
"""One run's most, so that a night's backlog holds nobody up; the next run goes on."""
Rows = QuerySet[Any]


def needs_due(now: datetime) -> Rows:
    """Needs that ended longer ago than the catalogue keeps their kind; of an unknown kind at once."""
    today, kinds = now.astimezone(CN).date(), catalogue().needs
    ended = Need.unscoped.because(WHY).filter(until__isnull=False)
    kept = [Q(code=code, until__gt=_last(today, kind.keep_months)) for code, kind in kinds.items()]
    return ended.exclude(reduce(or_, kept, Q(pk__in=[])))


def _last(today: date, months: int) -> date:
    """What ended on this day or before is due today."""
    return months_after(today, -months)


def requests_due(now: datetime) -> Rows:
    """What a family said in requests that were decided three years ago."""
    decided = Request.unscoped.because(WHY).exclude(state=State.OPEN).filter(decided_at__lte=now - YEARS_3)
    return decided.exclude(words="", wanted="", known_by="", reason="")


def readings_due(now: datetime) -> Rows:
    """Who opened a record three years ago."""
    return Reading.unscoped.because(WHY).filter(on__lte=(now - YEARS_3).astimezone(CN).date())


def families_due(now: datetime) -> Rows:
    """Households closed for three years of which anything is kept."""
    named = Member.unscoped.because(WHY).filter(household=OuterRef("pk"))
    closed = Household.unscoped.because(WHY).filter(closed_at__lte=now - YEARS_3)
    return closed.filter(~Q(name="") | Exists(named))


def tables_due(now: datetime) -> Rows:
    """Lines of brought tables whose last step is long ago, and of those thrown away a day ago."""
    busy = (Import.State.APPLYING, Import.State.UNDOING)
    old = Import.objects.filter(changed_at__lt=now - TABLES_KEPT).exclude(state__in=busy)
    half = Import.objects.filter(state=Import.State.DISCARDED, changed_at__lt=now - timedelta(days=1))
    return ImportLine.objects.filter(Q(table__in=old) | Q(table__in=half))


def phone_papers_due(now: datetime) -> Rows:
    """Papers photographed on phones that nobody confirmed in a month, whether or not their picture came."""
    return PhonePaper.unscoped.because(WHY).filter(noted_at__lte=now - PICTURES_KEPT)


def forget_phone_papers(now: datetime) -> int:
    return _sweep("households.phone_papers", phone_papers_due, _delete, now)


def forget_needs(now: datetime) -> int:
    return _sweep("households.needs", needs_due, _delete, now)


def forget_requests(now: datetime) -> int:
    return _sweep("households.requests", requests_due, _empty, now)


def forget_readings(now: datetime) -> int:
    return _sweep("households.readings", readings_due, _delete, now)


def forget_families(now: datetime) -> int:
    return _sweep("households.families", families_due, _forget, now)


def forget_tables(now: datetime) -> int:
    return _sweep("households.tables", tables_due, _delete, now)


def _sweep(rule: str, due: Callable[[datetime], Rows], take: Callable[..., None], now: datetime) -> int:
    """Batch by batch, each a transaction with its event: stopped anywhere, the next run goes on where it was."""
    done = 0
    for _ in range(BATCHES):
        with transaction.atomic():
            ids = list(due(now).order_by("pk").values_list("pk", flat=True)[:BATCH])
            if not ids:
                break
            take(due(now).model, ids, now)
            forgotten(rule=rule, count=len(ids), until=now, at=now)
        done += len(ids)
    return done


def _delete(model: Any, ids: list[Any], now: datetime) -> None:
    model._base_manager.filter(pk__in=ids).delete()


def _empty(model: Any, ids: list[Any], now: datetime) -> None:
    """The register of requests goes on saying that one was asked and decided."""
    model._base_manager.filter(pk__in=ids).update(words="", wanted="", known_by="", reason="")


def _forget(model: Any, ids: list[Any], now: datetime) -> None:
    for id in ids:
        row = locked(id, closed_too=True)
        erase(row, Extent.WHOLE, None, request=uuid5(id, "retention"), actor=SYSTEM, at=now)

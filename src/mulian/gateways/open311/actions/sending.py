"""Sends what was handed to other systems and asks how far it is. Calls happen outside any transaction; a row is
leased for the time. Whatever an answer looks like, the row stays until the matter is over there or a person looks.

The row's id goes along as Idempotency-Key: a server that knows it (ours does) makes one of two. One that does not
may make two of it when its answer was lost on the way; the standard has no remedy for that.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db import transaction

from mulian.core.database.vendor import skip_locked
from mulian.core.providers import outbound
from mulian.core.providers.outbound import Reply, Unreachable
from mulian.gateways.open311.domain.elsewhere import (
    Record,
    System,
    Unreadable,
    first_record,
    refusal_of,
    updates_of,
)
from mulian.gateways.open311.domain.times import written
from mulian.gateways.open311.models import Forward
from mulian.gateways.open311.queries.systems import systems
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.cases import public as cases

State = Forward.State
LEASE = timedelta(minutes=10)
POLL = timedelta(minutes=15)
BACKOFF = tuple(timedelta(seconds=s) for s in (30, 120, 600, 3600, 6 * 3600, 24 * 3600))
TRIES = 30
"""About three weeks of days after the first ones; then a person must look."""
SPAN = timedelta(days=90)
"""How far back updates may be asked for."""
OK, KEPT = 200, 400
AGAIN = frozenset({408, 425, 429})
_FORM = {
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    "Accept-Language": "zh-CN, zh;q=0.9, bo;q=0.8",
}


def run_due(now: datetime, limit: int = 20) -> int:
    """Sends or asks about each row that is due; returns how many were tried."""
    due = _claim(now, limit)
    for id in due:
        _run(Forward.objects.get(id=id), now)
    return len(due)


@transaction.atomic
def _claim(now: datetime, limit: int) -> list[UUID]:
    rows = Forward.objects.filter(due_at__lte=now).exclude(leased_until__gt=now).order_by("due_at", "id")
    ids = list(skip_locked(rows).values_list("id", flat=True)[:limit])
    Forward.objects.filter(id__in=ids).update(leased_until=now + LEASE)
    return ids


def _run(row: Forward, now: datetime) -> None:
    there = systems().get(row.system)
    if there is None:
        return _later(row, "the system is not in the settings", now)
    try:
        reply = _call(row, there)
        if reply.status >= 500 or reply.status in AGAIN:
            return _later(row, f"HTTP {reply.status}", now)
        if reply.status >= 400 and row.state == State.SENDING:
            why = refusal_of(reply.body, there.format) or f"HTTP {reply.status}"
            return _refused(row, there, why, now)
        if not 200 <= reply.status < 300:
            return _later(row, f"HTTP {reply.status}", now)
        record = first_record(reply.body, there.format)
        steps = _steps(row, there, now)
    except (Unreachable, Unreadable) as why:
        return _later(row, str(why), now)
    _settle(row, there, record, steps, now)


def _steps(row: Forward, there: System, now: datetime) -> list[Record]:
    """What the other system tells of each step since it was handed over, where it speaks that extension."""
    if not there.updates or row.state != State.THERE:
        return []
    since = max(row.created_at, now - SPAN)
    asked = {
        "start_date": str(written(since)),
        "end_date": str(written(now)),
        "service_request_id": row.number,
    }
    if there.jurisdiction:
        asked["jurisdiction_id"] = there.jurisdiction
    address = f"{there.address('servicerequestupdates')}?{urlencode(asked)}"
    reply = outbound.get(address, {"Accept": "*/*"}, inside=there.inside)
    if reply.status != OK:
        raise Unreadable(f"HTTP {reply.status} for updates")
    return [
        each for each in updates_of(reply.body, there.format, row.number) if each["update_id"] not in row.told
    ]


def _call(row: Forward, there: System) -> Reply:
    if row.state == State.SENDING:
        body = urlencode(_form(row, there)).encode()
        told = {**_FORM, "Idempotency-Key": str(row.id)}
        return outbound.post(there.address("requests"), body, told, inside=there.inside)
    path = (
        f"tokens/{quote(row.token, safe='')}"
        if row.state == State.NAMED
        else f"requests/{quote(row.number, safe='')}"
    )
    asked = f"?{urlencode({'jurisdiction_id': there.jurisdiction})}" if there.jurisdiction else ""
    return outbound.get(there.address(path) + asked, {"Accept": "*/*"}, inside=there.inside)


def _form(row: Forward, there: System) -> dict[str, str]:
    form = {
        "api_key": there.api_key,
        "jurisdiction_id": there.jurisdiction,
        "service_code": row.service,
        "description": row.text,
        "address_string": row.address,
    }
    if row.lat is not None and row.lon is not None:
        form |= {"lat": str(row.lat), "long": str(row.lon)}
    return {name: value for name, value in form.items() if value}


@transaction.atomic
def _settle(row: Forward, there: System, record: Record, steps: list[Record], now: datetime) -> None:
    """What an answer means for the row and for the case's history."""
    number, token = record.get("service_request_id", "")[:100], record.get("token", "")[:200]
    if row.state in (State.SENDING, State.NAMED):
        if not number and not token:
            return _later(row, "neither number nor token", now)
        row.state, row.number, row.token = (State.THERE, number, "") if number else (State.NAMED, "", token)
        if number:
            _tell_number(row, there, now)
        return _kept(row, now + POLL)
    for step in sorted(steps, key=lambda each: each.get("updated_datetime", "")):
        _hear_step(row, there, step, now)
    _hear(row, there, record, now)
    _kept(row, None if row.state == State.OVER else now + POLL)


def _tell_number(row: Forward, there: System, now: datetime) -> None:
    cases.handed_elsewhere(case=row.case, system=there.name, number=row.number, actor=SYSTEM, at=now)


def _hear(row: Forward, there: System, record: Record, now: datetime) -> None:
    """Writes into the case what is new: another status, or other notes. The case itself does not move."""
    status, notes = record.get("status", "").lower()[:20], record.get("status_notes", "")
    heard = hashlib.sha256(f"{status}\n{notes}".encode()).hexdigest()
    news = heard != row.heard and (bool(row.heard) or bool(notes) or status != "open")
    row.heard = heard
    if news:
        cases.heard_from_elsewhere(
            case=row.case, system=there.name, status=status, text=notes, actor=SYSTEM, at=now
        )
    if status == "closed":
        row.state = State.OVER


def _hear_step(row: Forward, there: System, step: Record, now: datetime) -> None:
    """One update of theirs in the case's history, once."""
    cases.heard_from_elsewhere(
        case=row.case,
        system=there.name,
        status=step.get("status", "").lower()[:20],
        text=step.get("description", ""),
        actor=SYSTEM,
        at=now,
    )
    row.told = [*row.told, step["update_id"][:100]][-KEPT:]


def _kept(row: Forward, due: datetime | None) -> None:
    row.tries, row.error, row.due_at, row.leased_until = 0, "", due, None
    row.save()


def _later(row: Forward, why: str, now: datetime) -> None:
    """Tried again after a while, longer each time."""
    if row.tries + 1 >= TRIES and (there := systems().get(row.system)) is not None:
        return _refused(row, there, why, now)
    row.due_at = now + BACKOFF[min(row.tries, len(BACKOFF) - 1)]
    row.tries, row.error, row.leased_until = row.tries + 1, why[:200], None
    row.save()


@transaction.atomic
def _refused(row: Forward, there: System, why: str, now: datetime) -> None:
    """The other system said no, or never answered: whoever works on the case is told."""
    row.state, row.error, row.due_at, row.leased_until = State.REFUSED, why[:200], None, None
    row.save()
    cases.heard_from_elsewhere(
        case=row.case, system=there.name, status="refused", text=why, actor=SYSTEM, at=now
    )


@transaction.atomic
def try_again(*, forward: UUID, at: datetime) -> None:
    """A person sends a refused one round again. Raises `not_found`."""
    row = Forward.objects.select_for_update().filter(id=forward, state=State.REFUSED).first()
    if row is None:
        raise Problem("not_found")
    row.state = State.THERE if row.number else State.NAMED if row.token else State.SENDING
    row.tries, row.due_at = 0, at
    row.save()

"""Asks the other systems what they offer (GET services), each once a day. What a list that could not be read said
before stays; a service that is in no list any more stays as gone, for whoever mapped it to see.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction

from mulian.core.access import scope
from mulian.core.database.rows import insert
from mulian.core.events.log import append
from mulian.core.providers import outbound
from mulian.core.providers.outbound import Unreachable
from mulian.gateways.open311.domain.elsewhere import Record, System, Unreadable, services_of
from mulian.gateways.open311.domain.refusals import NO_SYSTEM
from mulian.gateways.open311.events import ServicesAskedFor, system_subject
from mulian.gateways.open311.models import Asked, Theirs
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries.systems import systems
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OK = 200


def ask_services(now: datetime) -> int:
    """Timer: every system whose time it is; the call happens outside any transaction. How many were asked."""
    later = {row.system for row in Asked.objects.filter(due_at__gt=now)}
    due = [there for code, there in systems().items() if code not in later]
    for there in due:
        _ask(there, now)
    return len(due)


@transaction.atomic
def ask_again(*, system: str, actor: Actor, at: datetime) -> None:
    """A person wants the newest list: the next round of the timer asks. Raises `open311.no_system`."""
    scope.require_any(actor, Permission.FORWARD)
    if system not in systems():
        raise Problem(NO_SYSTEM)
    Asked.objects.update_or_create(system=system, defaults={"due_at": at})
    append(ServicesAskedFor(subject_id=system_subject(system), system=system), actor=actor, at=at)


def _ask(there: System, now: datetime) -> None:
    asked = f"?{urlencode({'jurisdiction_id': there.jurisdiction})}" if there.jurisdiction else ""
    try:
        reply = outbound.get(there.address("services") + asked, {"Accept": "*/*"}, inside=there.inside)
        if reply.status != OK:
            raise Unreadable(f"HTTP {reply.status}")
        found = services_of(reply.body, there.format)
    except (Unreachable, Unreadable) as why:
        defaults = {"due_at": now + HOUR, "error": str(why)[:200]}
        Asked.objects.update_or_create(system=there.code, defaults=defaults)
        return
    _keep(there.code, found, now)


@transaction.atomic
def _keep(system: str, found: list[Record], now: datetime) -> None:
    defaults = {"due_at": now + DAY, "heard_at": now, "error": ""}
    Asked.objects.update_or_create(system=system, defaults=defaults)
    rows = {each["service_code"][:100]: each for each in found}
    known = {row.code: row for row in Theirs.objects.filter(system=system)}
    for code, row in known.items():
        row.gone = code not in rows
        if not row.gone:
            row.name, row.group = _named(rows[code])
        row.save()
    fresh = [code for code in rows if code not in known]
    insert([_theirs(system, code, rows[code]) for code in fresh])


def _theirs(system: str, code: str, record: Record) -> Theirs:
    name, group = _named(record)
    return Theirs(system=system, code=code, name=name, group=group)


def _named(record: Record) -> tuple[str, str]:
    return record.get("service_name", "")[:200], record.get("group", "")[:100]

"""A program's request becomes an ordinary case, once, however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from mulian.core.access import tokens
from mulian.gateways.open311.domain.asking import Given
from mulian.gateways.open311.domain.refusals import BAD_ADDRESS, NO_SERVICE, Refused
from mulian.gateways.open311.domain.requesting import Requested, requested, sameness
from mulian.gateways.open311.domain.services import Service, Type
from mulian.gateways.open311.models import Incoming, Key
from mulian.gateways.open311.queries import catalogue
from mulian.gateways.open311.queries.keys import adder, reporter
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases import public as cases

SAME_WITHIN = timedelta(hours=24)
"""The same words about the same thing a day later are a new report."""
HOUR = timedelta(hours=1)
TEXT = 4000
TRIES = 10
LANGUAGE = "zh-hans"
"""The language questions are put in front of officers."""


@transaction.atomic
def request(*, key: Key, given: Given, again: str, at: datetime) -> Incoming:
    """Takes a request in. The same key and the same form (or the same `again`, the sender's own mark) within a day
    answers the first one. Raises Refused, `open311.no_service`, `too_many`.
    """
    key = Key.objects.select_for_update().get(id=key.id)
    digest = tokens.digest(f"mark:{again}") if again else sameness(given)
    known = _known(key, digest, at)
    if known is not None:
        return known
    service = catalogue.services(LANGUAGE).get(given["service_code"][-1].strip())
    if service is None:
        raise Problem(NO_SERVICE)
    said = requested(given, service)
    _require_room(key, at)
    Key.objects.filter(id=key.id).update(used_at=at)
    return _taken(key, digest, service, said, given, at)


def take_waiting(at: datetime, limit: int = 50) -> int:
    """Makes the cases of batch services; one that cannot be made is tried again, ten times."""
    waiting = Incoming.objects.filter(state=Incoming.State.WAITING).order_by("received_at", "id")
    ids = list(waiting.values_list("id", flat=True)[:limit])
    return sum(_take_one(id, at) for id in ids)


def _take_one(id: UUID, at: datetime) -> int:
    try:
        with transaction.atomic():
            row = Incoming.objects.select_for_update(of=("self",)).select_related("key").get(id=id)
            if row.state != Incoming.State.WAITING:
                return 0
            service = catalogue.services(LANGUAGE).get(row.service)
            if service is None:
                raise Problem(NO_SERVICE)
            _make_case(row, requested(row.form, service), at)
    except (Problem, Refused):
        with transaction.atomic():
            row = Incoming.objects.select_for_update().get(id=id)
            row.tries += 1
            if row.tries >= TRIES:
                row.state = Incoming.State.REFUSED
            row.save()
        return 0
    return 1


def _known(key: Key, digest: str, at: datetime) -> Incoming | None:
    rows = Incoming.objects.filter(key=key, digest=digest, received_at__gt=at - SAME_WITHIN)
    return rows.exclude(state=Incoming.State.REFUSED).order_by("-received_at").first()


def _require_room(key: Key, at: datetime) -> None:
    """Counted in the database under the key's lock, so that many servers and restarts change nothing."""
    if Incoming.objects.filter(key=key, received_at__gt=at - HOUR).count() >= key.per_hour:
        raise Problem("too_many")


def _taken(key: Key, digest: str, service: Service, said: Requested, given: Given, at: datetime) -> Incoming:
    row = Incoming(
        id=uuid7(at),
        key=key,
        digest=digest,
        service=service.code,
        state=Incoming.State.WAITING,
        received_at=at,
    )
    if service.type is Type.BATCH:
        row.token = tokens.make()[:32]
        row.form = _kept(given)
        row.save(force_insert=True)
        return row
    row.save(force_insert=True)
    _make_case(row, said, at)
    return row


def _kept(given: Given) -> Mapping[str, list[str]]:
    """What the worker needs; never the key."""
    return {name: list(values) for name, values in given.items() if name != "api_key"}


def _make_case(row: Incoming, said: Requested, at: datetime) -> None:
    with override(LANGUAGE):
        extras = said.extras(place=gettext("Where"), picture=gettext("Picture, not looked at"))
    whole = f"{said.description}\n{extras}".strip()
    fits = len(whole) <= TEXT
    try:
        case = cases.report(
            id=row.id,
            actor=reporter(row.key),
            at=at,
            received_at=row.received_at,
            text=whole if fits else said.description,
            place=cases.Spot(lat=said.point.lat, lon=said.point.lon) if said.point else None,
            area=said.address_id or None,
            topic=said.service,
            on_behalf_of=said.contact,
            door="open311",
        )
    except Problem as problem:
        raise Problem(BAD_ADDRESS) if problem.code == "areas.unknown" else problem from problem
    if not fits and extras:
        cases.add(case=case.id, actor=adder(row.key, case.id), at=at, text=extras[:TEXT])
    row.number, row.state, row.form = case.number, Incoming.State.TAKEN, {}
    row.save()

"""The public list in the standard's words. What a case may show was decided where cases are (cases.public)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.areas.queries import place_names, units
from mulian.gateways.open311.domain.asking import Asked
from mulian.gateways.open311.domain.times import written
from mulian.gateways.open311.models import Release
from mulian.gateways.open311.queries import catalogue
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases import public as cases
from mulian.modules.cases.public import Change, Published, Wanted

NOTES = {
    "reported": _("Reported; somebody will take it."),
    "taken": _("Somebody has taken it on."),
    "in_work": _("Work has begun."),
    "waiting": _("Work waits for something."),
    "solved": _("Solved; whoever reported it is being answered."),
    "answered": _("Answered; it closes unless whoever reported it objects."),
    "closed": _("Closed."),
    "returned": _("It was sent back; another office takes it."),
}
"""state → status_notes. Open until it is closed: a family may still say that nothing was solved."""
AT_ONCE = 4000
"""Steps read together while those of public cases are picked out."""


@dataclass(frozen=True)
class Reader:
    """Who reads: everybody, or a program that is also told of the cases it handed in."""

    language: str
    own: frozenset[UUID] = frozenset()


def requests(asked: Asked, reader: Reader, at: datetime) -> list[dict[str, Any]]:
    """GET requests: newest first."""
    wanted = _wanted(reader)
    if asked.numbers:
        wanted = replace(wanted, numbers=asked.numbers)
        return _rendered(cases.published(SYSTEM, at, wanted, limit=asked.limit), reader)
    wanted = replace(
        wanted,
        only_topics=asked.codes,
        since=asked.since,
        until=asked.until,
        closed=asked.closed,
        changed_since=asked.changed_since,
        changed_until=asked.changed_until,
    )
    return _rendered(cases.published(SYSTEM, at, wanted, limit=asked.limit, offset=asked.offset), reader)


def request(number: str, reader: Reader, at: datetime) -> list[dict[str, Any]]:
    """GET requests/{id}: a list of one, or of none."""
    wanted = replace(_wanted(reader), numbers=(number,))
    return _rendered(cases.published(SYSTEM, at, wanted, limit=1), reader)


def updates(
    since: datetime, until: datetime, numbers: Sequence[str], reader: Reader, at: datetime, limit: int
) -> list[dict[str, Any]]:
    """GET servicerequestupdates: steps of cases the reader may know of, oldest first."""
    found: list[dict[str, Any]] = []
    after: UUID | None = None
    while len(found) < limit:
        steps = cases.changes(since, until, after=after, limit=AT_ONCE)
        found += _updates(steps, numbers, reader, at)
        if len(steps) < AT_ONCE:
            break
        after = steps[-1].id
    return found[:limit]


def is_public(case: UUID, at: datetime) -> Published | None:
    """The case as everybody sees it, if anybody does."""
    wanted = replace(_wanted(Reader("zh-hans")), ids=(case,))
    return next(iter(cases.published(SYSTEM, at, wanted, limit=1)), None)


def _wanted(reader: Reader) -> Wanted:
    return Wanted(topics=catalogue.listed(), own=reader.own)


def _updates(
    steps: Sequence[Change], numbers: Sequence[str], reader: Reader, at: datetime
) -> list[dict[str, Any]]:
    wanted = replace(_wanted(reader), ids=tuple({step.case for step in steps}))
    known = {each.id: each for each in cases.published(SYSTEM, at, wanted, limit=len(steps) or 1)}
    return [
        {
            "update_id": str(step.id),
            "service_request_id": known[step.case].number,
            "status": "CLOSED" if step.state == "closed" else "OPEN",
            "updated_datetime": written(step.at),
            "description": gettext(NOTES.get(step.state, "")) or None,
            "media_url": None,
        }
        for step in steps
        if step.case in known and (not numbers or known[step.case].number in numbers)
    ]


def _rendered(found: Sequence[Published], reader: Reader) -> list[dict[str, Any]]:
    names = catalogue.names(reader.language)
    places = place_names({each.village for each in found if each.village}, reader.language)
    above = place_names({each.village[:9] for each in found if len(each.village) > 9}, reader.language)
    offices = units({each.unit for each in found if each.unit})
    released = Release.objects.in_bulk([each.id for each in found if each.public])
    return [
        _request(
            each,
            name=names.get(each.topic, each.topic),
            address=_address(each, places, above),
            agency=offices[each.unit].name(reader.language) if each.unit in offices else None,
            released=released.get(each.id),
        )
        for each in found
    ]


def _address(case: Published, places: dict[str, str], above: dict[str, str]) -> str:
    """From the special to the general, as the standard asks: village, township."""
    parts = (places.get(case.village, ""), above.get(case.village[:9], ""))
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _request(
    case: Published, *, name: str, address: str, agency: str | None, released: Release | None
) -> dict[str, Any]:
    """Every field of the standard; what is not told is null."""
    title = f"{name} · {address.partition(',')[0]}" if address else name
    media = released.sha256 if released else ""
    return {
        "service_request_id": case.number,
        "status": "closed" if case.closed else "open",
        "status_notes": gettext(NOTES.get(case.state, "")) or None,
        "service_name": name,
        "service_code": case.topic,
        "description": (released.text if released else "") or title,
        "agency_responsible": agency,
        "service_notice": None,
        "requested_datetime": written(case.received_at),
        "updated_datetime": written(case.changed_at),
        "expected_datetime": written(case.due),
        "address": address or None,
        "address_id": case.village or None,
        "zipcode": None,
        "lat": case.point.lat if case.point else None,
        "long": case.point.lon if case.point else None,
        "media_url": f"{settings.MULIAN_BASE_URL.rstrip('/')}/open311/v2/media/{media}" if media else None,
    }

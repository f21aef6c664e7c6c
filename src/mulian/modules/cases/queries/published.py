"""Cases as the public may read them: a narrow row that has no field for words, people, families or exact places.

`domain/publishing.py` decides; the statement below only leaves out early what that rule refuses anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.areas.codes import Level, at_level, lineage
from mulian.core.areas.models import Area
from mulian.kernel.actor import Actor
from mulian.kernel.geo import Point
from mulian.modules.cases.domain.lexicon import SURE
from mulian.modules.cases.domain.publishing import (
    HOME_METRES,
    PUBLIC_KINDS,
    Bearing,
    is_public,
    shown_point,
)
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.domain.topics import Kind
from mulian.modules.cases.models import NO_COMPLAINT, Case, Promise
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.changes import changed_between
from mulian.modules.cases.queries.rules import rules
from mulian.modules.households import public as households

_COLUMNS = (
    "id", "number", "kind", "topic", "state", "place", "place_basis", "lat", "lon", "device", "household",
    "about_person_id", "about_unit_id", "about_area", "received_at", "steps", "responsible_unit__code", "closed_at",
)  # fmt: skip
_Row = dict[str, Any]
COUNTY_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which public cases. `topics`: those the pack lists → whether their place may be shown finely.

    `own`: cases the asker handed in; they are told how far these are even where the public is not.
    """

    topics: Mapping[str, bool]
    own: frozenset[UUID] = frozenset()
    numbers: tuple[str, ...] = ()
    ids: tuple[UUID, ...] | None = None
    only_topics: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    changed_since: datetime | None = None
    changed_until: datetime | None = None
    closed: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Published:
    """One case for everybody. `village` is an area code, `due` until when it is promised to be solved."""

    id: UUID
    number: str
    topic: str
    state: str
    closed: bool
    public: bool
    received_at: datetime
    changed_at: datetime
    due: datetime | None
    village: str
    unit: str
    point: Point | None = field(default=None)


def published(actor: Actor, at: datetime, wanted: Wanted, *, limit: int, offset: int = 0) -> list[Published]:
    """Newest first. The actor's scope holds as everywhere; the public's own reader is the system itself."""
    rows = _asked(Case.objects.visible_to(actor, Permission.VIEW, at=at), wanted)
    found = list(rows.order_by("-received_at", "-id").values(*_COLUMNS)[offset : offset + limit])
    bearings = _bearings(found, wanted)
    villages = _points({code for row in found for code in lineage(row["place"])})
    due = dict(
        Promise.objects.filter(case__in=[row["id"] for row in found], kind="solve").values_list("case", "due")
    )
    shown = ((row, bearings[row["id"]]) for row in found)
    return [
        _published(row, bearing, wanted, villages, due.get(row["id"]))
        for row, bearing in shown
        if is_public(bearing) or row["id"] in wanted.own
    ]


def _asked(rows: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    sure = Q(topic_by__in=(Case.TopicBy.PERSON, Case.TopicBy.HAZARD)) | Q(topic_confidence__gte=SURE)
    public = sure & NO_COMPLAINT & Q(topic__in=sorted(wanted.topics), kind__in=sorted(PUBLIC_KINDS))
    rows = rows.filter(public | Q(id__in=wanted.own) if wanted.own else public)
    if wanted.numbers:
        return rows.filter(number__in=wanted.numbers)
    if wanted.ids is not None:
        return rows.filter(id__in=wanted.ids)
    if wanted.only_topics:
        rows = rows.filter(topic__in=wanted.only_topics)
    if wanted.closed is not None:
        rows = rows.filter(state=State.CLOSED) if wanted.closed else rows.exclude(state=State.CLOSED)
    if wanted.since:
        rows = rows.filter(received_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(received_at__lte=wanted.until)
    if wanted.changed_since or wanted.changed_until:
        rows = rows.filter(id__in=changed_between(wanted.changed_since, wanted.changed_until))
    return rows


def _bearings(found: Sequence[_Row], wanted: Wanted) -> dict[UUID, Bearing]:
    fine = {
        row["id"]: Point(row["lat"], row["lon"])
        for row in found
        if row["lat"] is not None and row["lon"] is not None and wanted.topics.get(row["topic"])
    }
    near = households.near_a_home(fine, HOME_METRES)
    return {row["id"]: _bearing(row, row["id"] in near, wanted) for row in found}


def _bearing(row: _Row, near: bool, wanted: Wanted) -> Bearing:
    return Bearing(
        listed=row["topic"] in wanted.topics,
        follows=rules().topics.follows(row["topic"]),
        kind=Kind(row["kind"]),
        complaint=bool(row["about_person_id"] or row["about_unit_id"] or row["about_area"]),
        household=row["household"] is not None,
        by_phone=row["device"] is not None and row["place_basis"] != "chosen",
        near_home=near,
    )


def _points(codes: Iterable[str]) -> dict[str, Point]:
    """Known points of villages and townships; a county's own is no place of anything."""
    rows = Area.objects.filter(code__in=sorted(codes)).values_list("code", "lat", "lon")
    return {
        code: Point(lat, lon)
        for code, lat, lon in rows
        if len(code) > COUNTY_DIGITS and lat is not None and lon is not None
    }


def _published(
    row: _Row, bearing: Bearing, wanted: Wanted, villages: Mapping[str, Point], due: datetime | None
) -> Published:
    village = at_level(row["place"], Level.VILLAGE) or row["place"]
    known = next((villages[code] for code in reversed(lineage(village)) if code in villages), None)
    point = Point(row["lat"], row["lon"]) if row["lat"] is not None and row["lon"] is not None else None
    public = is_public(bearing)
    return Published(
        id=row["id"],
        number=row["number"],
        topic=row["topic"],
        state=row["state"],
        closed=row["state"] == State.CLOSED,
        public=public,
        received_at=row["received_at"],
        changed_at=_changed(row),
        due=due,
        village=village if public else "",
        unit=row["responsible_unit__code"] or "",
        point=shown_point(bearing, point=point, village=known, fine=wanted.topics.get(row["topic"], False)),
    )


def _changed(row: _Row) -> datetime:
    """When it last stepped on; what the phone said of its own time never comes before the server took it in."""
    steps = row["steps"]
    last = datetime.fromisoformat(steps[-1]["at"]) if steps else row["received_at"]
    moment: datetime = max(row["received_at"], last)
    return moment

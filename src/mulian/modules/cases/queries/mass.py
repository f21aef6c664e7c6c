"""Mass events as the duty board and their own page show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from mulian.core.areas.codes import within
from mulian.core.areas.queries import place_names
from mulian.kernel.actor import Actor
from mulian.kernel.geo import Point
from mulian.modules.cases.domain.mass import COUNTED, Mass, Sighting
from mulian.modules.cases.domain.topics import Follows
from mulian.modules.cases.models import Case, MassEvent, MassReport
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.offered import hazards_offered
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.topics import usable_topic

SHOWN = 20
LATEST = 20
"""Reports of an event that a new one is compared with."""
READ = (
    "kind", "hazard", "topic", "topic_by", "topic_confidence", "lat", "lon", "occurred_at", "place", "area",
    "household", "about_person", "about_unit", "about_area", "same_as",
)  # fmt: skip
"""What a report is counted by."""


@dataclass(frozen=True, kw_only=True)
class EventView:
    """One event in words; `reports` counts cases, seen or not by this reader."""

    id: UUID
    title: str
    place: str
    reports: int
    first_at: datetime
    last_at: datetime
    raised_at: datetime
    seen_at: datetime | None
    seen_by: str
    ended_at: datetime | None


def open_events(actor: Actor, language: str) -> list[EventView]:
    """Events not over, those nobody has seen first, in the areas the actor is on duty for."""
    rows = MassEvent.objects.filter(ended_at__isnull=True).select_related("seen_by")
    found = rows.annotate(n=Count("reports")).order_by("-raised_at")[: SHOWN * 2]
    mine = [row for row in found if _reaches(actor, row)][:SHOWN]
    return sorted(_views(mine, language), key=lambda each: each.seen_at is not None)


def event(id: UUID, actor: Actor) -> MassEvent | None:
    """One event in the actor's areas."""
    row = MassEvent.objects.select_related("seen_by").filter(id=id).first()
    return row if row is not None and _reaches(actor, row) else None


def event_view(row: MassEvent, language: str) -> EventView:
    row.n = row.reports.count()  # type: ignore[attr-defined]
    return _views([row], language)[0]


def cases_of(row: MassEvent, actor: Actor, at: datetime) -> list[Case]:
    """The cases that tell of it, as far as the actor may see them, oldest first."""
    seen = Case.objects.visible_to(actor, Permission.VIEW, at=at).filter(mass_report__event=row)
    return list(seen.select_related("area", "responsible_unit", "responsible_person").order_by("received_at"))


def unseen(actor: Actor) -> int:
    """How many events nobody has looked at: each is an alarm of the duty board."""
    rows = MassEvent.objects.filter(ended_at__isnull=True, seen_at__isnull=True)
    return sum(_reaches(actor, row) for row in rows[:SHOWN])


def state() -> tuple[int, str]:
    """A number that changes with the events, for the board's polling."""
    rows = MassEvent.objects.filter(ended_at__isnull=True)
    found = rows.values_list("id", "last_at", "seen_at")[:SHOWN]
    return len(found), repr(sorted(map(str, found)))


def _reaches(actor: Actor, row: MassEvent) -> bool:
    return any(within(row.area_id, area) or within(area, row.area_id) for area in actor.areas)


def _views(rows: Sequence[MassEvent], language: str) -> list[EventView]:
    places = place_names([row.area_id for row in rows], language)
    hazards = dict(hazards_offered(language))
    return [
        EventView(
            id=row.id,
            title=hazards.get(row.matter, row.matter) if row.hazard else topic_name(row.matter, language),
            place=places[row.area_id],
            reports=row.n,  # type: ignore[attr-defined]
            first_at=row.first_at,
            last_at=row.last_at,
            raised_at=row.raised_at,
            seen_at=row.seen_at,
            seen_by=row.seen_by.name if row.seen_by else "",
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def sighting(row: Case) -> Sighting | None:
    """The case as it is counted; None for what takes no part: complaints, thanks, tests, personal matters."""
    if row.complaint or row.kind not in COUNTED or row.same_as_id:
        return None
    topics = rules().topics
    topic = usable_topic(row.topic, row.topic_by, row.topic_confidence)
    if not row.hazard and (not topic or topics.follows(topic) is Follows.PERSON):
        return None
    point = Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    return Sighting(
        id=row.id,
        matter=row.hazard or topic,
        at=row.occurred_at,
        area=row.place or row.area_id,
        who=row.household or row.id,
        hazard=bool(row.hazard),
        point=point,
    )


def uncounted(ids: Iterable[UUID]) -> list[Sighting]:
    """Of these cases those that count and belong to no event yet, oldest first."""
    rows = Case.unscoped.because("every report is counted for mass events").filter(id__in=set(ids))
    found = [
        sighting(row)
        for row in rows.filter(mass_report__isnull=True).only(*READ).order_by("occurred_at", "id")
    ]
    return [each for each in found if each is not None]


def open_about(matter: str, hazard: bool) -> list[tuple[MassEvent, list[Sighting]]]:
    """Open events of a matter, locked, each with the latest reports that tell of it, oldest first."""
    rows = MassEvent.objects.filter(matter=matter, hazard=hazard, ended_at__isnull=True).order_by("raised_at")
    return [(row, _latest(row)) for row in rows.select_for_update()]


def _latest(row: MassEvent) -> list[Sighting]:
    ids = list(
        MassReport.objects.filter(event=row).order_by("-id").values_list("case_id", flat=True)[:LATEST]
    )
    cases = Case.unscoped.because("linked reports are compared").filter(id__in=ids).only(*READ)
    found = [sighting(case) for case in cases.order_by("occurred_at", "id")]
    return [each for each in found if each is not None]


def around(fresh: Sighting, measure: Mass) -> list[Sighting]:
    """Earlier and later reports of the same matter that belong to no event yet."""
    span = timedelta(hours=measure.hours)
    rows = Case.unscoped.because("an event is found among all reports; none is shown").filter(
        occurred_at__range=(fresh.at - span, fresh.at + span),
        received_at__gte=fresh.at - span,
        mass_report__isnull=True,
    )
    rows = rows.filter(hazard=fresh.matter) if fresh.hazard else rows.filter(topic=fresh.matter, hazard="")
    found = [sighting(row) for row in rows.only(*READ).order_by("-received_at")[:200]]
    return [each for each in found if each is not None]

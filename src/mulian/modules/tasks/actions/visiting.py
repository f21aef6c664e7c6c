"""Records a visit, and tells phones when their list of visits due has changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.geo import Point
from mulian.modules.households import public as households
from mulian.modules.tasks.actions.said import Voice, keep, said
from mulian.modules.tasks.events import VisitRecorded, VisitsChanged
from mulian.modules.tasks.models import Visit
from mulian.modules.tasks.permissions import Permission
from mulian.modules.tasks.queries import serving

GRID_LENGTH = 13
"""Shorter codes are villages and above; their phones hold no list of visits."""


@transaction.atomic
def record_visit(
    *, id: UUID, household: UUID, actor: Actor, at: datetime, visited: datetime | None = None,
    place: Point | None = None, text: str = "", voice: Voice | None = None, photos: Iterable[str] = (),
    needs_case: bool = False,
) -> Visit:  # fmt: skip
    """Says that a family was visited (at `visited`, else now). The same id again changes nothing.

    Whoever may write about the family now, or might at that moment, may record it; else it does not exist.
    """
    scope.require_any(actor, Permission.VISIT)
    when = min(visited or at, at)
    households.require_written(household, actor, at, when)
    given = said(text=text, voice=voice, photos=photos)
    row, created = Visit.unscoped.get_or_create(
        id=id,
        defaults={
            "household": household,
            "person_id": actor.person,
            "at": when,
            "received_at": at,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "text": given.text,
            "voice": given.voice.sha256 if given.voice else "",
            "voice_seconds": given.voice.seconds if given.voice else None,
            "photos": list(given.photos),
            "needs_case": needs_case,
        },
    )
    if created:
        keep(given, kind="household", id=household, role="visit", permission="", actor=actor, at=at)
        _announce(row, actor, at)
    return row


def _announce(row: Visit, actor: Actor, at: datetime) -> None:
    event = VisitRecorded(
        subject_id=row.id,
        household=str(row.household),
        needs_case=row.needs_case,
        voices=1 if row.voice else 0,
        photos=len(row.photos),
        text=row.text,
    )
    area, liaisons = serving.of_households([row.household], at)[row.household]
    append(event, actor=actor, at=at, occurred=row.at, areas=[area[:12]] if area else [])
    refresh({*liaisons, actor.person}, at=at, actor=actor)


def refresh(
    persons: Iterable[UUID], *, at: datetime, actor: Actor = SYSTEM, cause: UUID | None = None
) -> None:
    """The visits due of these people are read anew by their phones."""
    for person in sorted(set(persons), key=str):
        append(
            VisitsChanged(subject_id=person), actor=actor, at=at, feeds=[feeds.of_person(person)], cause=cause
        )


def follow_household(event: Event, *, now: datetime) -> None:
    """Handler of families registered, moved and closed: both chains' lists change. The feeds name their areas."""
    codes = {key.removeprefix("area:") for key in event.feeds if key.startswith("area:")}
    grids = {code for code in codes if len(code) >= GRID_LENGTH}
    people = serving.in_places("liaison", grids, now).values()
    refresh({person for holders in people for person in holders}, at=now, cause=event.id)


def follow_posting(event: Event, *, now: datetime) -> None:
    """Handler of a liaison's duty opened or closed."""
    if event.data["role"] == "liaison":
        refresh([event.subject_id], at=now, cause=event.id)

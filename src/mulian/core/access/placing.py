"""Writes of placements: where a thing counts. Called by modules' actions, inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.access.models import Exclusion, Placement
from mulian.core.database.rows import insert_values


@dataclass(frozen=True)
class Place:
    """One way a subject counts: in an area, perhaps with a unit and a topic."""

    area: str
    counts_as: str
    unit: UUID | None = None
    topic: str = ""


def place(*, kind: str, id: UUID, places: Iterable[Place], at: datetime) -> None:
    """Adds placements from `at` on; one that already holds is kept."""
    held = {
        Place(p.area_id, p.counts_as, p.unit_id, p.topic)
        for p in Placement.objects.filter(subject_kind=kind, subject_id=id, valid_to__isnull=True)
    }
    fresh = [p for p in dict.fromkeys(places) if p not in held]
    Placement.objects.bulk_create([_row(kind, id, p, at) for p in fresh])


def place_new(*, kind: str, placed: Mapping[UUID, Iterable[Place]], at: datetime) -> None:
    """Placements of subjects that were made just now and have none yet: one statement for all of them."""
    names = ("subject_kind", "subject_id", "area_id", "counts_as", "unit_id", "topic", "valid_from")
    rows = [
        (kind, id, place.area, place.counts_as, place.unit, place.topic, at)
        for id, places in placed.items()
        for place in dict.fromkeys(places)
    ]
    insert_values(Placement, names, rows)


def move(*, kind: str, id: UUID, counts_as: str, to: Place | None, at: datetime) -> Place | None:
    """Ends the placement of one kind and opens the next; returns the one that ended."""
    current = Placement.objects.filter(
        subject_kind=kind, subject_id=id, counts_as=counts_as, valid_to__isnull=True
    )
    before = current.first()
    current.update(valid_to=at)
    if to is not None:
        _row(kind, id, to, at).save(force_insert=True)
    return Place(before.area_id, before.counts_as, before.unit_id, before.topic) if before else None


def bar(*, kind: str, id: UUID, persons: Iterable[UUID]) -> None:
    """Hides a subject from persons for good (a complaint about them)."""
    rows = [Exclusion(subject_kind=kind, subject_id=id, person_id=p) for p in dict.fromkeys(persons)]
    Exclusion.objects.bulk_create(rows, ignore_conflicts=True)


def _row(kind: str, id: UUID, place: Place, at: datetime) -> Placement:
    return Placement(
        subject_kind=kind,
        subject_id=id,
        area_id=place.area,
        unit_id=place.unit,
        topic=place.topic,
        counts_as=place.counts_as,
        valid_from=at,
    )

"""Who read what is kept of a household, as the family is shown it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mulian.core.access.models import Person, Posting
from mulian.core.areas.models import Area
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.models import Reading

WHY = "the family asked for it at the desk of its village"
SHOWN = 200
"""Readings on one slip: the latest; beside them stands how many there are."""


@dataclass(frozen=True)
class Read:
    """One person's reading on one day. `role` and `area`: the duty they held then, None for what ended unseen."""

    on: date
    name: str
    role: str | None
    area: Area | None
    way: Way
    why: str
    times: int


def readings(household: UUID) -> tuple[list[Read], int]:
    """The latest first, and how many there are."""
    every = Reading.unscoped.because(WHY).filter(household=household)
    rows = list(every.order_by("-on", "-first_at", "-id")[:SHOWN])
    names = dict(Person.objects.filter(id__in={row.person for row in rows}).values_list("id", "name"))
    duties = _duties({row.person for row in rows})
    areas = Area.objects.in_bulk(sorted({posting.area_id for held in duties.values() for posting in held}))
    return [_read(row, names, duties.get(row.person, ()), areas) for row in rows], every.count()


def _duties(people: set[UUID]) -> dict[UUID, list[Posting]]:
    found: dict[UUID, list[Posting]] = {}
    for posting in Posting.objects.filter(person__in=people).order_by("valid_from", "id"):
        found.setdefault(posting.person_id, []).append(posting)
    return found


def _read(row: Reading, names: dict[UUID, str], duties: Sequence[Posting], areas: dict[str, Area]) -> Read:
    held = [posting for posting in duties if _held(posting, row.first_at)]
    duty = held[-1] if held else None
    return Read(
        on=row.on,
        name=names.get(row.person, ""),
        role=duty.role if duty else None,
        area=areas.get(duty.area_id) if duty else None,
        way=Way(row.way),
        why=row.why,
        times=row.times,
    )


def _held(posting: Posting, at: datetime) -> bool:
    return posting.valid_from <= at and (posting.valid_to is None or at < posting.valid_to)

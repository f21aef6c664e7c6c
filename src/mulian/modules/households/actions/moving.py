"""Moves to a camp, a grid area or a village; told late or out of order they find their place in history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mulian.core.areas.codes import Level, at_level, lineage
from mulian.core.areas.models import Area
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.placements import (
    places_now,
    reader_feeds,
    replay,
    told_moves,
    village_codes,
)
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.happening import too_long_ago
from mulian.modules.households.domain.history import Told
from mulian.modules.households.domain.readers import reader_areas
from mulian.modules.households.events import HouseholdMoved
from mulian.modules.households.models import Camp, Household, Move
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.capacity import Capacity, capacity_of

CLOCK_TOLERANCE = timedelta(days=1)
"""A phone's clock may run ahead a little; such a move takes effect now."""

register("households.camp_unknown", 404, "There is no such camp.", "Choose a camp from the list.")
register("households.grid_needed", 422, "A liaison's grid area is needed.", "Choose a grid area.")


@dataclass(frozen=True)
class Moved:
    """What a move did: the revision, whether today's place changed, and how both grid areas stand now."""

    rev: int
    current: bool
    warnings: tuple[Capacity, ...] = ()


@transaction.atomic
def move_household(
    *,
    household: UUID,
    kind: MoveKind,
    actor: Actor,
    at: datetime,
    area: str | None = None,
    camp: UUID | None = None,
    effective: datetime | None = None,
    written: datetime | None = None,
) -> Moved:
    """Says where a household camps, lives or is registered, with effect from `effective` (default: now).

    Name a camp or an area; neither ends the stay (left the camp). A move dated before the present place began
    enters history and leaves today as it is.
    """
    authorise(household=household, actor=actor, permission=Permission.MOVE, at=at, written=written)
    row = locked(household)
    since = _effective(effective or written or at, at)
    spot = _camp(camp, household) if camp else None
    to = _target(kind, spot.area_id if spot else area)
    before = places_now(household, at)
    _tell(row, kind, to, spot, since, at, actor)
    after = places_now(household, at)
    _announce(row, kind, before, after, to, spot, since, at, actor)
    grids = {before.get(kind), after.get(kind)} if kind == MoveKind.RESIDING else set()
    found = [capacity_of(code, at) for code in sorted(code for code in grids if code)]
    return Moved(row.rev, before != after, tuple(c for c in found if c and c.warns))


def move_household_to_grid(
    *, household: UUID, grid: str, actor: Actor, at: datetime, effective: datetime | None = None
) -> Moved:
    """Hands one household to the liaisons of another grid area; both villages and both phones learn of it."""
    if not Area.objects.filter(code=grid, level=Level.GRID).exists():
        raise Problem("households.grid_needed")
    return move_household(
        household=household, kind=MoveKind.RESIDING, area=grid, actor=actor, at=at, effective=effective
    )


def _effective(wanted: datetime, at: datetime) -> datetime:
    if wanted > at + CLOCK_TOLERANCE:
        raise Problem("households.in_future")
    if too_long_ago(wanted):
        raise Problem("households.long_ago")
    return min(wanted, at)


def _camp(camp: UUID, household: UUID) -> Camp:
    """A camp of this household, or a named place that belongs to nobody."""
    rows = Camp.unscoped.because("the household was authorised")
    row = rows.filter(id=camp, closed_at__isnull=True).first()
    if row is None or row.household_id not in (None, household):
        raise Problem("households.camp_unknown")
    return row


def _target(kind: MoveKind, area: str | None) -> str | None:
    if area is None:
        if kind != MoveKind.CAMP:
            raise Problem("areas.unknown")
        return None
    code = known_area(area)
    if kind == MoveKind.REGISTERED:
        village = at_level(code, Level.VILLAGE)
        if village is None:
            raise Problem("households.village_needed")
        return village
    return code


def known_area(area: str) -> str:
    """Raises `areas.unknown` unless the area is one of today's."""
    if not Area.objects.filter(code=area, valid_to__isnull=True).exists():
        raise Problem("areas.unknown")
    return area


def _tell(
    row: Household,
    kind: MoveKind,
    to: str | None,
    camp: Camp | None,
    since: datetime,
    at: datetime,
    actor: Actor,
) -> None:
    """Writes the move behind all told before, and makes the placements equal to them."""
    told = told_moves(row.id, kind)
    new = Told(since, max((move.turn for move in told), default=0) + 1, to)
    Move.unscoped.create(
        id=uuid7(),
        household=row,
        turn=new.turn,
        kind=kind,
        area_id=to,
        camp=camp,
        at=since,
        recorded_at=at,
        by=actor.person,
    )
    replay(row.id, kind, [*told, new])


def _announce(
    row: Household,
    kind: MoveKind,
    before: dict[str, str],
    after: dict[str, str],
    to: str | None,
    camp: Camp | None,
    since: datetime,
    at: datetime,
    actor: Actor,
) -> None:
    """One event to phones and villages of both places; a patch only when the same phones hold it still."""
    row.rev += 1
    row.save()
    moved = HouseholdMoved(
        subject_id=row.id,
        kind=kind,
        effective=since.isoformat(),
        current=before != after,
        from_area=before.get(kind),
        to_area=to,
        camp=str(camp.id) if camp else None,
    )
    stays = reader_areas(before.values(), lineage) == reader_areas(after.values(), lineage)
    places = [*before.values(), *after.values(), *places_now(row.id, since).values(), to]
    append(
        moved,
        actor=actor,
        at=at,
        occurred=since,
        areas=village_codes(places),
        feeds=reader_feeds(places),
        rev=row.rev,
        fields=["area", "camp", "camps", "since"] if stays else None,
    )

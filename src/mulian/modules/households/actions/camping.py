"""Declares a household's seasonal places; a phone that stands at a new one moves the family there with it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access.scope import granting
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.geo import Point
from mulian.kernel.ids import uuid7
from mulian.modules.households.actions.authority import authorise, locked, writer_then
from mulian.modules.households.actions.moving import Moved, known_area, move_household
from mulian.modules.households.actions.placements import places_now, reader_feeds, village_codes
from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.names import is_tibetan
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.events import CampOpened
from mulian.modules.households.models import Camp
from mulian.modules.households.permissions import Permission


@transaction.atomic
def open_camp(
    *,
    household: UUID,
    area: str,
    season: Season | None,
    name_zh: str,
    actor: Actor,
    at: datetime,
    name_bo: str = "",
    point: Point | None = None,
    accuracy: float | None = None,
    id: UUID | None = None,
    written: datetime | None = None,
) -> Camp:
    """Declares a household's seasonal place; moving there is a move of its own. `accuracy` in metres."""
    authorise(household=household, actor=actor, permission=Permission.MOVE, at=at, written=written)
    row = locked(household)
    camp = Camp.unscoped.create(
        id=id or uuid7(),
        household=row,
        area_id=known_area(area),
        season=season or "",
        name_zh=name_zh.strip(),
        name_bo=name_bo.strip(),
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        accuracy=accuracy if point else None,
    )
    row.rev += 1
    row.save()
    places = places_now(household, at).values()
    append(
        CampOpened(subject_id=household, season=season or ""),
        actor=actor,
        at=at,
        areas=village_codes(places),
        feeds=reader_feeds(places),
        rev=row.rev,
        fields=["camps"],
    )
    return camp


@transaction.atomic
def camp_here(
    *,
    id: UUID,
    household: UUID,
    name: str,
    actor: Actor,
    at: datetime,
    season: Season | None = None,
    point: Point | None = None,
    accuracy: float | None = None,
    since: date | None = None,
    written: datetime | None = None,
) -> Moved:
    """The family camps at a place not known before: the place is declared, and the family moves there.

    `since` is the day it came; of several camps told for one day the one written last holds. Told late or out of
    order, history is the same.
    """
    authorise(household=household, actor=actor, permission=Permission.MOVE, at=at, written=written)
    said_at = written or at
    open_camp(
        id=id,
        household=household,
        area=_ground(household, actor, at, said_at),
        season=season,
        name_zh=name[:60],
        name_bo=name[:60] if is_tibetan(name) else "",
        point=point,
        accuracy=accuracy,
        actor=actor,
        at=at,
        written=written,
    )
    return move_household(
        household=household,
        kind=MoveKind.CAMP,
        camp=id,
        actor=actor,
        at=at,
        effective=_moment(since, said_at),
        written=written,
    )


def _ground(household: UUID, actor: Actor, at: datetime, said_at: datetime) -> str:
    """The area of a camp of which only the point is known: where the family lives, if the writer serves there; else the
    writer's own grid area or village (they stood there, or its people told them); else where the family lives.
    """
    writer = writer_then(actor, at, said_at) or actor
    own = sorted(p.area for p in granting(writer, Permission.MOVE) if len(p.area) >= VILLAGE_LENGTH)
    places = places_now(household, at) | places_now(household, said_at)
    home = places.get(MoveKind.RESIDING) or places[MoveKind.REGISTERED]
    return home if not own or any(home.startswith(area) for area in own) else own[0]


def _moment(since: date | None, said_at: datetime) -> datetime:
    """A day as a moment: at the time of day it was written, so that several of one day keep their order."""
    if since is None:
        return said_at
    local = said_at.astimezone(CN)
    return min(datetime.combine(since, local.timetz()), said_at) if since <= local.date() else said_at

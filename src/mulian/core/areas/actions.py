"""Writes to the tree of places and offices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from mulian.core.areas import codes
from mulian.core.areas.events import AreaOpened, AreaRenamed, AreasLoaded, AreaSucceeded, area_subject
from mulian.core.areas.models import Area, Unit
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register

register("areas.unknown", 404, "There is no such place.", "Choose a place from the list.")
register("areas.exists", 409, "A place with this code exists already.", "Choose another code.")
register("areas.ended", 409, "This place has already ended.", "Use the place that follows it.")


class Named(Protocol):
    """What a pack says of anything: a code and names in three languages."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def name_bo(self) -> str: ...
    @property
    def name_en(self) -> str: ...


class AreaRow(Named, Protocol):
    """What a pack says of a place."""

    @property
    def parent(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def valid_from(self) -> date: ...


class PointRow(Protocol):
    """Where a place is (WGS84 degrees); a draft until a person confirms it."""

    @property
    def code(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...
    @property
    def status(self) -> str: ...


class UnitRow(Named, Protocol):
    """What a pack says of an office."""

    @property
    def area(self) -> str: ...


@transaction.atomic
def load(
    *,
    pack: str,
    areas: Sequence[AreaRow],
    units: Sequence[UnitRow],
    actor: Actor,
    at: datetime,
    points: Sequence[PointRow] = (),
) -> None:
    """Takes in a pack's places and offices. Again is harmless: names people mended are kept."""
    known = set(Area.objects.values_list("code", flat=True))
    fresh = [row for row in sorted(areas, key=lambda r: (len(r.code), r.code)) if row.code not in known]
    codes_given = known | {row.code for row in fresh}
    where = {point.code: point for point in points}
    rows = [
        _area(row, row.parent if row.parent in codes_given else None, where.get(row.code)) for row in fresh
    ]
    Area.objects.bulk_create(rows, batch_size=500)
    offices = set(Unit.objects.values_list("code", flat=True))
    new_units = [_unit(row) for row in units if row.code not in offices]
    Unit.objects.bulk_create(new_units, batch_size=500)
    if fresh or new_units:
        subject = area_subject(pack)
        loaded = AreasLoaded(subject_id=subject, pack=pack, areas=len(fresh), units=len(new_units))
        append(loaded, actor=actor, at=at)


def _area(row: AreaRow, parent: str | None, point: PointRow | None) -> Area:
    return Area(
        code=row.code,
        parent_id=parent,
        level=row.level,
        kind=row.kind,
        name_zh=row.name_zh,
        name_bo=row.name_bo,
        name_en=row.name_en,
        valid_from=row.valid_from,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        point_status=point.status if point else "",
    )


def _unit(row: UnitRow) -> Unit:
    return Unit(
        id=uuid5(NAMESPACE_URL, f"mulian:unit:{row.code}"),
        code=row.code,
        area_id=row.area,
        kind=row.kind,
        name_zh=row.name_zh,
        name_bo=row.name_bo,
        name_en=row.name_en,
    )


@transaction.atomic
def open_area(*, code: str, name_zh: str, actor: Actor, at: datetime, name_bo: str = "") -> Area:
    """Opens a place of our own (grid area, co-operative) under an official one."""
    parent = codes.parent(code)
    if not Area.objects.filter(code=parent).exists():
        raise Problem("areas.unknown")
    if Area.objects.filter(code=code).exists():
        raise Problem("areas.exists")
    area = Area.objects.create(
        code=code,
        parent_id=parent,
        level=codes.level(code),
        name_zh=name_zh,
        name_bo=name_bo,
        valid_from=at.date(),
    )
    append(AreaOpened(subject_id=area_subject(code), code=code), actor=actor, at=at, areas=[code])
    return area


@transaction.atomic
def rename(
    *,
    area: str,
    actor: Actor,
    at: datetime,
    name_zh: str | None = None,
    name_bo: str | None = None,
    name_en: str | None = None,
) -> Area:
    """Mends the shown names of a place; the caller has checked `areas.manage`."""
    row = Area.objects.select_for_update().filter(code=area).first()
    if row is None:
        raise Problem("areas.unknown")
    given = {"name_zh": name_zh, "name_bo": name_bo, "name_en": name_en}
    after = {key: value.strip() for key, value in given.items() if value is not None}
    before = {key: getattr(row, key) for key in after}
    if after == before:
        return row
    Area.objects.filter(code=area).update(**after)
    row.refresh_from_db()
    renamed = AreaRenamed(subject_id=area_subject(area), code=area, before=before, after=after)
    append(renamed, actor=actor, at=at, areas=[area])
    return row


@transaction.atomic
def succeed(*, area: str, successor: str, actor: Actor, at: datetime) -> None:
    """The state renamed or split a place: it ends today and the successor follows."""
    ended = Area.objects.filter(code=area, valid_to__isnull=True)
    if not Area.objects.filter(code=successor).exists():
        raise Problem("areas.unknown")
    if ended.update(valid_to=at.date(), successor_id=successor) != 1:
        raise Problem("areas.ended")
    append(
        AreaSucceeded(subject_id=area_subject(area), code=area, successor=successor),
        actor=actor,
        at=at,
        areas=[area, successor],
    )

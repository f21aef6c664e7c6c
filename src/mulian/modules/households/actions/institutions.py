"""Takes places that serve many into the register, and the safety checks made there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import placing, scope
from mulian.core.access.placing import Place
from mulian.core.areas.codes import Level as Levels
from mulian.core.areas.codes import at_level, level
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.event import Event
from mulian.kernel.geo import Point
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.moving import known_area
from mulian.modules.households.actions.placements import reader_feeds
from mulian.modules.households.events import InstitutionChanged, InstitutionChecked, InstitutionRegistered
from mulian.modules.households.models import Institution, SafetyCheck
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue

INSTITUTION = "institution"
register(
    "households.institution",
    422,
    "The institution is not complete.",
    "Say its kind, name, village and capacity.",
)
register("households.check_unknown", 422, "This is not checked here.", "Choose a check from the list.")


@dataclass(frozen=True, kw_only=True)
class Premises:
    """What is written of an institution: a name, how many people fit in (None: not known), a telephone, a point."""

    name_zh: str
    name_bo: str = ""
    capacity: int | None = None
    phone: str = ""
    point: Point | None = None

    def columns(self) -> dict[str, object]:
        found: dict[str, object] = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "point"}
        return found | {
            "lat": self.point.lat if self.point else None,
            "lon": self.point.lon if self.point else None,
        }


@transaction.atomic
def register_institution(
    *, kind: str, area: str, premises: Premises, actor: Actor, at: datetime, id: UUID | None = None
) -> UUID:
    """A place that serves many, in a village or grid area. Raises `households.institution`, `areas.unknown`."""
    scope.require_area(actor, Permission.INSPECT, area)
    if kind not in catalogue().institutions or level(known_area(area)) not in (Levels.VILLAGE, Levels.GRID):
        raise Problem("households.institution")
    _check(premises)
    row = Institution(id=id or uuid7(), kind=kind, area_id=area, created_at=at, **premises.columns())
    row.save(force_insert=True)
    placing.place_new(kind=INSTITUTION, placed={row.id: [Place(area, "registered")]}, at=at)
    _tell(row, InstitutionRegistered(subject_id=row.id, kind=kind), actor, at)
    return row.id


@transaction.atomic
def change_institution(
    *, institution: UUID, premises: Premises, actor: Actor, at: datetime, closed: bool = False
) -> None:
    """New details; `closed`: it serves nobody any more. Raises `households.institution`."""
    row = _locked(institution, actor, at)
    _check(premises)
    wanted = premises.columns()
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if closed and row.closed_at is None:
        row.closed_at = at
        changed.append("closed_at")
    if changed:
        row.rev += 1
        row.save()
        _tell(row, InstitutionChanged(subject_id=row.id, what=sorted(changed)), actor, at)


@transaction.atomic
def note_check(
    *,
    institution: UUID,
    code: str,
    sound: bool,
    actor: Actor,
    at: datetime,
    done_on: date | None = None,
    found: str = "",
) -> UUID:
    """A safety check made on a day (default: today). Raises `households.check_unknown`, `households.in_future`."""
    row = _locked(institution, actor, at)
    entry = catalogue().checks.get(code)
    if entry is None or row.kind not in entry.of:
        raise Problem("households.check_unknown")
    today = at.astimezone(CN).date()
    day = done_on or today
    if day > today:
        raise Problem("households.in_future")
    check = SafetyCheck.unscoped.create(
        id=uuid7(), institution=row, code=code, done_on=day, sound=sound, found=found.strip()[:200],
        recorded_at=at, by=actor.person,
    )  # fmt: skip
    _tell(
        row,
        InstitutionChecked(subject_id=row.id, check=code, done_on=day.isoformat(), sound=sound),
        actor,
        at,
    )
    return check.id


def _locked(institution: UUID, actor: Actor, at: datetime) -> Institution:
    scope.require(actor, Permission.INSPECT, kind=INSTITUTION, id=institution, at=at)
    rows = Institution.unscoped.because("the writer was authorised for this one").select_for_update()
    row = rows.filter(id=institution, closed_at__isnull=True).first()
    if row is None:
        raise Problem("not_found")
    return row


def _check(premises: Premises) -> None:
    if not premises.name_zh.strip() or (premises.capacity is not None and premises.capacity < 0):
        raise Problem("households.institution")


def _tell(row: Institution, event: Event, actor: Actor, at: datetime) -> None:
    """The phones of the village hear of it too."""
    villages = [at_level(row.area_id, Levels.VILLAGE) or row.area_id]
    append(event, actor=actor, at=at, areas=villages, feeds=reader_feeds([row.area_id]))

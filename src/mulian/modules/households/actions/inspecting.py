"""What a form told of an institution: how many fit in, and the safety checks that were made with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.geo import Point
from mulian.modules.households.actions.authority import writer_then
from mulian.modules.households.actions.institutions import (
    INSTITUTION,
    Premises,
    change_institution,
    note_check,
)
from mulian.modules.households.domain.premises import CAPACITY, CHECKED_ON, sound
from mulian.modules.households.models import Institution
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue


def require_premises(institution: UUID, actor: Actor, at: datetime, written: datetime) -> str:
    """The institution's area; raises `not_found` unless it is in the actor's duty, or was when it was written."""
    if not scope.can(actor, Permission.PLACES, kind=INSTITUTION, id=institution, at=at):
        then = writer_then(actor, at, written) or actor
        scope.require(then, Permission.PLACES, kind=INSTITUTION, id=institution, at=written)
    rows = Institution.unscoped.because("the writer was authorised for this one").filter(id=institution)
    return rows.values_list("area", flat=True).get()


def tell_premises(
    *, institution: UUID, told: Mapping[str, Any], actor: Actor, at: datetime, written: datetime
) -> int:
    """Notes what the register takes of it; answers how many facts that were.

    Left out, without a word: checks that are not made in its kind, and everything where the writer may not note checks
    there or the institution is closed. The transaction is the caller's.
    """
    if not scope.can(actor, Permission.INSPECT, kind=INSTITUTION, id=institution, at=at):
        return 0
    rows = Institution.unscoped.because("the writer was authorised for this one")
    row = rows.filter(id=institution, closed_at__isnull=True).first()
    if row is None:
        return 0
    checks = {code: safe for code, safe in sound(told).items() if _made_in(row.kind, code)}
    for code, safe in checks.items():
        note_check(
            institution=institution, code=code, sound=safe, actor=actor, at=at, done_on=_day(told, at, written)
        )  # fmt: skip
    return len(checks) + _capacity(row, told.get(CAPACITY), actor, at)


def _made_in(kind: str, code: str) -> bool:
    entry = catalogue().checks.get(code)
    return entry is not None and kind in entry.of


def _day(told: Mapping[str, Any], at: datetime, written: datetime) -> date:
    """The day that was named, never one to come."""
    named = told.get(CHECKED_ON)
    today = at.astimezone(CN).date()
    return min(date.fromisoformat(named) if named else written.astimezone(CN).date(), today)


def _capacity(row: Institution, capacity: Any, actor: Actor, at: datetime) -> int:
    if not isinstance(capacity, int):
        return 0
    point = Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    premises = Premises(
        name_zh=row.name_zh, name_bo=row.name_bo, capacity=capacity, phone=row.phone, point=point
    )
    change_institution(institution=row.id, premises=premises, actor=actor, at=at)
    return 1

"""Institutions of one's area, and which of their safety checks are due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from mulian.kernel.actor import Actor
from mulian.modules.households.domain.catalogue import SafetyCheck as Entry
from mulian.modules.households.models import Institution, SafetyCheck
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue

INSIDE = "of institutions the caller has in scope"


@dataclass(frozen=True)
class Due:
    """One check of an institution: as it was last made (None: never), and when the next one is due (None: at once)."""

    entry: Entry
    last: SafetyCheck | None

    @property
    def on(self) -> date | None:
        return self.entry.due(self.last.done_on) if self.last else None

    def late(self, today: date) -> bool:
        """Due today or before, or never made, or not sound when it was last made."""
        return self.last is None or not self.last.sound or self.entry.due(self.last.done_on) <= today


def institutions(actor: Actor, at: datetime, *, kind: str = "") -> QuerySet[Institution]:
    """The open institutions the actor's duties reach."""
    rows = Institution.objects.visible_to(actor, Permission.PLACES, at=at).filter(closed_at__isnull=True)
    return rows.filter(kind=kind) if kind else rows


def institution(id: UUID, actor: Actor, at: datetime) -> Institution | None:
    """One of them, closed ones too."""
    return Institution.objects.visible_to(actor, Permission.PLACES, at=at, among=[id]).first()


def dues(rows: Iterable[Institution]) -> dict[UUID, list[Due]]:
    """institution → its checks in the catalogue's order; one query."""
    held = list(rows)
    last: defaultdict[UUID, dict[str, SafetyCheck]] = defaultdict(dict)
    made = SafetyCheck.unscoped.because(INSIDE).filter(institution__in=[row.id for row in held])
    for check in made.order_by("done_on", "recorded_at", "id"):
        last[check.institution_id][check.code] = check
    entries = catalogue().checks.values()
    return {row.id: [Due(e, last[row.id].get(e.code)) for e in entries if row.kind in e.of] for row in held}


def made(row: Institution) -> list[SafetyCheck]:
    """Every check made there, the latest first."""
    return list(reversed(SafetyCheck.unscoped.because(INSIDE).filter(institution=row)))

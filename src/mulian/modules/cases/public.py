"""The door of cases for other modules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions.adding import add
from mulian.modules.cases.actions.elsewhere import handed_elsewhere, heard_from_elsewhere
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.reporting import report
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain.numbers import clean
from mulian.modules.cases.domain.states import OPEN
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.changes import Change, changes
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.published import Published, Wanted, published

__all__ = [
    "ADDS",
    "REPORTS",
    "Brief",
    "Change",
    "Published",
    "Spot",
    "Voice",
    "Wanted",
    "add",
    "brief",
    "changes",
    "handed_elsewhere",
    "heard_from_elsewhere",
    "numbered",
    "of_household",
    "open_in",
    "published",
    "report",
    "topic_name",
]


REPORTS = frozenset({str(Permission.REPORT)})
"""What a door lends to whoever may say something and see nothing."""
ADDS = frozenset({str(Permission.VIEW), str(Permission.REPORT)})
"""What it lends, for one case, to whoever may add to it."""


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What another page shows of a case."""

    id: UUID
    number: str
    state: str
    kind: str
    urgent: bool
    topic: str
    area: str
    received_at: datetime


def brief(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, Brief]:
    """id → brief of those the actor may see."""
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at, among=ids)
    return {row.id: _brief(row) for row in rows}


def numbered(number: str, actor: Actor, at: datetime) -> Brief | None:
    """The case of a number as a person typed it, if the actor may see it."""
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at).filter(number=clean(number))
    found = rows.first()
    return _brief(found) if found else None


def of_household(household: UUID, actor: Actor, at: datetime, limit: int = 20) -> list[Brief]:
    """The household's cases within the actor's scope, newest first."""
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at).filter(household=household)
    return [_brief(row) for row in rows.order_by("-received_at", "-id")[:limit]]


def open_in(area: str, actor: Actor, at: datetime) -> int:
    """How many cases are open in an area, within the actor's scope."""
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at, areas_only=[area])
    return rows.filter(state__in=sorted(OPEN)).count()


def _brief(row: Case) -> Brief:
    return Brief(
        id=row.id,
        number=row.number,
        state=row.state,
        kind=row.kind,
        urgent=row.urgent,
        topic=row.topic,
        area=row.area_id,
        received_at=row.received_at,
    )

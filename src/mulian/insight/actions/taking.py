"""Figures leave the house as a table: only for a stated purpose, and that they did is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.insight.domain.periods import By, Span
from mulian.insight.domain.refusals import PURPOSE_NEEDED
from mulian.insight.events import FiguresTaken
from mulian.insight.permissions import Permission
from mulian.insight.queries.counting import Reach
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

_NAMES = UUID("5f0c6f6e-0d53-5a55-9a5e-0f7c3f5f4b01")
LONGEST = 300


@transaction.atomic
def take_along(*, reach: Reach, by: By, span: Span, purpose: str, actor: Actor, at: datetime) -> None:
    """Keeps who took which figures and what for. Raises `insight.purpose_needed`, `not_found` out of reach."""
    if scope.unit_within(actor, Permission.EXPORT, reach.area) not in (None, reach.unit):
        raise Problem("not_found")
    said = purpose.strip()[:LONGEST]
    if not said:
        raise Problem(PURPOSE_NEEDED)
    unit = str(reach.unit or "")
    id = uuid5(_NAMES, f"{reach.area} {by} {span.since} {unit}".strip())
    event = FiguresTaken(
        subject_id=id, area=reach.area, by=by.value, since=span.since.isoformat(), unit=unit, purpose=said
    )
    append(event, actor=actor, at=at, areas=[reach.area])

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
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

_NAMES = UUID("5f0c6f6e-0d53-5a55-9a5e-0f7c3f5f4b01")
LONGEST = 300


@transaction.atomic
def take_along(*, area: str, by: By, span: Span, purpose: str, actor: Actor, at: datetime) -> None:
    """Keeps who took which figures and what for. Raises `insight.purpose_needed`, `not_found` out of reach."""
    scope.require_area(actor, Permission.EXPORT, area)
    said = purpose.strip()[:LONGEST]
    if not said:
        raise Problem(PURPOSE_NEEDED)
    id = uuid5(_NAMES, f"{area} {by} {span.since}")
    event = FiguresTaken(subject_id=id, area=area, by=by.value, since=span.since.isoformat(), purpose=said)
    append(event, actor=actor, at=at, areas=[area])

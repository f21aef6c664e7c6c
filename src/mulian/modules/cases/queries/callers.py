"""What is already open for the family of somebody who calls."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.cases.domain.states import OPEN
from mulian.modules.cases.models import NO_COMPLAINT, Case
from mulian.modules.cases.permissions import Permission

SHOWN = 5


def open_of(household: UUID, actor: Actor, at: datetime) -> list[Case]:
    """The family's open cases within the actor's reach, newest first; complaints stay where they are."""
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at).filter(
        NO_COMPLAINT, household=household, state__in=sorted(OPEN)
    )
    return list(rows.order_by("-received_at", "-id")[:SHOWN])

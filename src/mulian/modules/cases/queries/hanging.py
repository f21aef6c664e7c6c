"""What of cases hangs on a household, and which household a case is about: for modules below, through the registry."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.states import OPEN
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission


def hanging(kind: str, id: UUID, actor: Actor, at: datetime) -> list[tuple[str, int]]:
    """Open cases of a household within the actor's scope."""
    if kind != "household":
        return []
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at).filter(household=id)
    return [(gettext("Open cases"), rows.filter(state__in=sorted(OPEN)).count())]


def about(id: UUID, actor: Actor, at: datetime) -> tuple[str, UUID] | None:
    """The household of a case; raises `not_found` for a case out of reach."""
    row = Case.objects.visible_to(actor, Permission.VIEW, at=at, among=[id]).first()
    if row is None:
        raise Problem("not_found")
    return ("household", row.household) if row.household else None

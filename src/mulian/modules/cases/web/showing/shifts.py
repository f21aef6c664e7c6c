"""My turn on the rota of listeners."""

from __future__ import annotations

from datetime import datetime

from mulian.core.access.models import DutyShift
from mulian.kernel.actor import Actor


def my_shift(actor: Actor, at: datetime) -> DutyShift | None:
    """The listening shift that runs now, else the next one."""
    rows = DutyShift.objects.filter(person=actor.person, kind=DutyShift.Kind.LISTENING, ends__gt=at)
    return rows.order_by("starts", "id").first()

"""What another system did with a case: that it was handed there, and what is heard from it. The clocks do not move."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.events import HandedElsewhere, HeardFromElsewhere
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission


@transaction.atomic
def handed_elsewhere(*, case: UUID, system: str, number: str, actor: Actor, at: datetime) -> Case:
    """It stands in another system under that system's number (empty: not given yet). Raises `not_found`."""
    row = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at).case
    event = HandedElsewhere(subject_id=row.id, system=system, number=number)
    writing.record(row, event, actor=actor, at=at)
    return row


@transaction.atomic
def heard_from_elsewhere(
    *, case: UUID, system: str, status: str, text: str, actor: Actor, at: datetime
) -> Case:
    """The other system says something new; the responsible one is told. Raises `not_found`."""
    row = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at).case
    event = HeardFromElsewhere(subject_id=row.id, system=system, status=status, text=text)
    heard = writing.record(row, event, actor=actor, at=at)
    spreading.notify(row, [row.responsible_person_id], kind="elsewhere", title="News of case %(number)s from elsewhere",
                     key=f"elsewhere:{heard}", at=at)  # fmt: skip
    return row

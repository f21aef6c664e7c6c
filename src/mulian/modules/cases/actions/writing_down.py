"""An officer writes a report down; whoever waits at the desk or on the line gets a number to follow it by."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions.following_code import issue
from mulian.modules.cases.actions.reporting import report
from mulian.modules.cases.domain.doors import FOR_SOMEBODY
from mulian.modules.cases.models import Case


@transaction.atomic
def write_down(*, id: UUID, actor: Actor, at: datetime, door: str, **said: Any) -> Case:
    """As `reporting.report`, with a following code where somebody waits for one."""
    case = report(id=id, actor=actor, at=at, door=door, **said)
    if door in FOR_SOMEBODY:
        issue(case.id, at)
    return case

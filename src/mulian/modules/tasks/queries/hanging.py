"""What of tasks hangs on a household: for modules below, through the registry."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from mulian.kernel.actor import Actor
from mulian.modules.tasks.domain.following import State
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.permissions import Permission


def hanging(kind: str, id: UUID, actor: Actor, at: datetime) -> list[tuple[str, int]]:
    """Tasks about a household that nobody has answered yet, within the actor's scope."""
    if kind != "household":
        return []
    parts = Assignment.unscoped.because("only tasks in scope are counted").filter(
        household=id, state=State.OPEN
    )
    rows = Task.objects.visible_to(
        actor, Permission.VIEW, at=at, among=list(parts.values_list("task", flat=True))
    )
    return [(gettext("Open tasks"), rows.filter(withdrawn_at__isnull=True).count())]

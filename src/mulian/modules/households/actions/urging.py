"""The clock of a family's request: who answers is reminded, at its end and after it the ones above are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.access.models import Posting
from mulian.core.areas.codes import lineage
from mulian.core.events.log import append
from mulian.core.notify.actions import tell
from mulian.kernel.actor import SYSTEM, Role
from mulian.modules.households.domain.requests import State
from mulian.modules.households.events import RequestUrged
from mulian.modules.households.models import Request
from mulian.modules.households.queries import KIND

NOTICE = "households.request"
BATCH = 200
LADDER = (Role.VILLAGE_LEAD, Role.TOWNSHIP_OFFICER, Role.LEADER)
"""Who is told at each step; who was told before is told again."""
TITLES = (
    N_("The answer to a family is due soon: %(number)s"),
    N_("The answer to a family is due: %(number)s"),
    N_("A family waits too long for an answer: %(number)s"),
)


def leads(area: str, at: datetime, roles: tuple[Role, ...] = LADDER[:1]) -> set[UUID]:
    """Who holds one of these roles in the area or above it; a township's own requests are the township's."""
    steps = list(lineage(area))
    rows = Posting.objects.filter(role__in=roles, area__in=steps, valid_from__lte=at, person__is_active=True)
    found = set(rows.exclude(valid_to__lte=at).values_list("person", flat=True))
    return found or (leads(area, at, LADDER[:2]) if roles == LADDER[:1] else found)


def urge_due(now: datetime) -> int:
    """Sweep: every step that is due is taken once, however often and wherever this runs; returns how many."""
    due = Request.unscoped.because("a clock reaches every request").filter(next_at__lte=now, state=State.OPEN)
    ids = list(due.order_by("next_at", "id").values_list("id", flat=True)[:BATCH])
    return sum(_step(id, now) for id in ids)


@transaction.atomic
def _step(id: UUID, now: datetime) -> bool:
    """A server that was off takes the last step that is due, and only that: nobody is told three times at once."""
    rows = Request.unscoped.because("a clock reaches every request").select_for_update()
    row = rows.select_related("household").filter(id=id, next_at__lte=now, state=State.OPEN).first()
    if row is None:
        return False
    while (following := row.steps.following(row.step)) is not None and following <= now:
        row.step += 1
    row.next_at = row.steps.following(row.step)
    row.save()
    urged = RequestUrged(subject_id=row.household_id, request=str(row.id), step=row.step)
    append(urged, actor=SYSTEM, at=now, areas=[row.area_id[:12]])
    tell(
        persons=sorted(leads(row.area_id, now, LADDER[: row.step]), key=str),
        kind=NOTICE,
        title=TITLES[row.step - 1],
        params={"number": row.household.number},
        link=f"/households/requests/{row.id}/",
        subject_kind=KIND,
        subject_id=row.household_id,
        urgent=False,
        key=f"{NOTICE}:{row.id}:{row.step}",
        at=now,
    )
    return True

"""Visits due and past: derived from the pack's duties, the register and the visits paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from mulian.core.access.models import Placement
from mulian.kernel.actor import Actor, Role
from mulian.modules.households import public as households
from mulian.modules.tasks.domain.visiting import Due, Family, next_visit
from mulian.modules.tasks.models import Visit
from mulian.modules.tasks.queries.rules import duties


@dataclass(frozen=True)
class Fresh:
    """A family of the ledger: the last visit, and the next one by the pack's duties."""

    household: UUID
    area: str
    visited: datetime | None
    due: Due | None


def fresh(actor: Actor, at: datetime, *, area: str = "") -> list[Fresh]:
    """The families of the actor's ledger, never visited first, then by the oldest visit. Four queries."""
    found = _fresh(households.ledger(actor, at, area=area), at)
    return sorted(found, key=lambda row: (row.visited is not None, row.visited or at, str(row.household)))


def due_for(actor: Actor, at: datetime) -> list[Fresh]:
    """The next visit of each family the actor serves as liaison, soonest first."""
    served = replace(actor, postings=tuple(p for p in actor.postings if p.role is Role.LIAISON))
    if not (served.postings and duties()):
        return []
    rows = [row for row in _fresh(households.ledger(served, at), at) if row.due is not None]
    return sorted(rows, key=lambda row: (row.due, str(row.household)))


def paid(household: UUID, actor: Actor, at: datetime, limit: int = 20) -> list[Visit]:
    """The visits to a family the actor may see, newest first."""
    if not households.may_see(household, actor, at):
        return []
    rows = Visit.unscoped.because("of a household the actor sees").filter(household=household)
    return list(rows.select_related("person").order_by("-at", "-id")[:limit])


def _fresh(ledger: Mapping[UUID, datetime], at: datetime) -> list[Fresh]:
    living, camps = _since(ledger, at)
    last, rules = _last(ledger), duties()
    found = []
    for id, registered in ledger.items():
        area, since = living.get(id, ("", registered))
        family = Family(
            area=area, registered=registered, living=since, camp=camps.get(id), visited=last.get(id)
        )
        found.append(Fresh(id, area, last.get(id), next_visit(rules, family)))
    return found


def _since(
    ids: Iterable[UUID], at: datetime
) -> tuple[dict[UUID, tuple[str, datetime]], dict[UUID, datetime]]:
    """household → (grid area, since), and household → at its camp since."""
    rows = Placement.objects.filter(
        subject_id__in=list(ids), counts_as__in=("residing", "camp"), valid_from__lte=at
    )
    living: dict[UUID, tuple[str, datetime]] = {}
    camps: dict[UUID, datetime] = {}
    for row in rows.exclude(valid_to__lte=at).order_by("valid_from", "id"):
        if row.counts_as == Placement.As.CAMP:
            camps[row.subject_id] = row.valid_from
        else:
            living[row.subject_id] = (row.area_id, row.valid_from)
    return living, camps


def _last(ids: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = Visit.unscoped.because("of households the actor's ledger holds").filter(household__in=list(ids))
    return dict(rows.values_list("household").annotate(last=Max("at")))

"""Papers photographed on phones that wait for somebody to confirm what stands in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.models import PhonePaper
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, visible

WHY = "photographed papers of households that are in the reader's scope"


def waiting(actor: Actor, at: datetime, *, household: UUID | None = None) -> QuerySet[PhonePaper]:
    """Those whose picture came, of the families one helps, the oldest first; without the pictures themselves."""
    rows = PhonePaper.unscoped.because(WHY).filter(arrived_at__isnull=False, refused="")
    homes = visible(actor, at, permission=Permission.CARE, among=[household] if household else None)
    rows = rows.filter(household__in=homes.values("id"), household__closed_at__isnull=True)
    return rows.select_related("household").defer("box").order_by("arrived_at", "id")


def turned_away(households: Iterable[UUID]) -> dict[UUID, list[PhonePaper]]:
    """household → the pictures nobody could use, the oldest first: they are to be taken again."""
    rows = PhonePaper.unscoped.because(WHY).filter(household__in=list(households)).exclude(refused="")
    found: defaultdict[UUID, list[PhonePaper]] = defaultdict(list)
    for row in rows.defer("box").order_by("taken_at", "id"):
        found[row.household_id].append(row)
    return found


def phone_paper(id: UUID, household: UUID, actor: Actor, at: datetime) -> PhonePaper:
    """One that waits, for who helps its family; raises `not_found`."""
    scope.require(actor, Permission.CARE, kind=KIND, id=household, at=at)
    rows = PhonePaper.unscoped.because(WHY).filter(id=id, household=household)
    row = rows.filter(arrived_at__isnull=False, refused="").first()
    if row is None:
        raise Problem("not_found")
    return row

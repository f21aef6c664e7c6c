"""The catalogue beside what is known: of each item how much is told in an area, and how much of it is stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.models import Item
from mulian.modules.households.queries.freshness import WHY, stale_items
from mulian.modules.households.queries.shares import families


@dataclass(frozen=True)
class Told:
    """Of one item: how often it is known in an area, how often it is stale."""

    known: int = 0
    stale: int = 0

    @property
    def percent(self) -> int:
        """Stale of 100; only none is 0 and only all is 100."""
        if self.stale in (0, self.known):
            return 100 if self.stale else 0
        return min(99, max(1, round(100 * self.stale / self.known)))


def told_of_items(area: str, actor: Actor, at: datetime) -> dict[str, Told]:
    """item code → what is known of the families of an area; one query. Raises `not_found` as `shares` does.

    Counts only: nobody is named.
    """
    here = families(area, actor, at).values("household")
    rows = Item.unscoped.because(WHY).filter(valid_to__isnull=True, household__in=here)
    stale = stale_items(at.astimezone(CN).date())
    found = rows.values_list("code").annotate(known=Count("id"), stale=Count("id", filter=stale))
    return {code: Told(known, out) for code, known, out in found}

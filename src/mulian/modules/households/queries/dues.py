"""The due days of families: as kept, as worked out from their items, and of whom they are still to be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from mulian.core.packs import current
from mulian.modules.households.domain.dues import due_on, packed
from mulian.modules.households.models import Due, Household, Item
from mulian.modules.households.queries.catalogue import catalogue

WHY = "when families are to be asked again; no item is told"


def rule() -> str:
    """Names how long each item of this installation's catalogue stays fresh."""
    return _rule(id(current()))


@lru_cache(maxsize=4)
def _rule(identity: int) -> str:
    months = sorted((item.code, item.months) for item in catalogue().items.values())
    return sha256(repr(months).encode()).hexdigest()[:16]


def dues(households: Sequence[UUID]) -> dict[UUID, bytes]:
    """household → its due days, packed; of those there are. Two queries."""
    items = catalogue().items
    found: defaultdict[UUID, list[date | None]] = defaultdict(list)
    rows = Item.unscoped.because(WHY).filter(household__in=households, valid_to__isnull=True)
    for household, code, as_of in rows.values_list("household_id", "code", "as_of"):
        found[household].append(due_on(as_of, items[code].months) if code in items else None)
    there = Household.unscoped.because(WHY).filter(id__in=households)
    return {id: packed(found[id]) for id in there.values_list("id", flat=True)}


def unkept(most: int) -> list[UUID]:
    """Families whose due days are not kept, or by another rule than today's."""
    rows = Household.unscoped.because(WHY).filter(closed_at__isnull=True)
    rows = rows.exclude(id__in=Due.objects.filter(rule=rule()).values("household"))
    return list(rows.order_by("id").values_list("id", flat=True)[:most])

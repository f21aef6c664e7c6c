"""Keeps true what is derived of households, from the register, when something happened: counts of areas, due days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.database.rows import insert_values
from mulian.core.events.models import Event
from mulian.modules.households.models import Counted, Due, Household
from mulian.modules.households.queries.dues import dues, rule, unkept
from mulian.modules.households.queries.standings import standings

BATCH = 100
"""Households written in one transaction of a rebuild: it stays short."""
NAMES = ("household_id", "area", "since", "until", "people", "herd", "needs")
Row = tuple[object, ...]


def follow(events: Iterable[Event], *, now: datetime) -> None:
    """Handler: the households these events are about, in any order, as often as it likes."""
    bring(sorted({event.subject_id for event in events}))


def keep_dues(now: datetime) -> int:
    """The timer's sweep: families whose due days are not kept yet, or by what the pack said before."""
    households = unkept(BATCH)
    if households:
        bring(households)
    return len(households)


@transaction.atomic
def bring(households: Sequence[UUID]) -> bool:
    """Makes the rows of some households what the register says; False when they were not."""
    due, counted = _bring_dues(households), _bring_counts(households)
    return due and counted


def _bring_dues(households: Sequence[UUID]) -> bool:
    by, wanted = rule(), dues(households)
    held = {
        one.household_id: (one.rule, bytes(one.days)) for one in Due.objects.filter(household__in=households)
    }
    fresh = [
        Due(household_id=id, rule=by, days=days) for id, days in wanted.items() if held.get(id) != (by, days)
    ]
    Due.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["household"], update_fields=["rule", "days"]
    )
    return not fresh


def _bring_counts(households: Sequence[UUID]) -> bool:
    found = standings(households)
    wanted = {(id, p.area, p.since, p.until, p.people, p.herd, p.needs) for id in found for p in found[id]}
    held = Counted.objects.filter(household__in=households).select_for_update()
    rows = {tuple(row[1:]): row[0] for row in held.values_list("id", *NAMES)}
    wrong = [pk for row, pk in rows.items() if row not in wanted]
    fresh = sorted(wanted - set(rows), key=repr)
    Counted.objects.filter(id__in=wrong).delete()
    insert_values(Counted, NAMES, fresh)
    return not wrong and not fresh


def rebuild() -> tuple[int, bool]:
    """Every household again from the register; how many rows there are, and whether they were right before."""
    ids = list(
        Household.unscoped.because("counting all areas again").order_by("id").values_list("id", flat=True)
    )
    parts = [ids[first : first + BATCH] for first in range(0, len(ids), BATCH)]
    right = [bring(part) for part in parts]
    return Counted.objects.count(), all(right)

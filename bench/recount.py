"""What a county's ledger holds, counted plainly row by row: beside what pages say, and as one digest of everything."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

WHY = "a bench counts"
CHUNK = 20_000
RESIDING, REGISTERED = "residing", "registered"
Figures = tuple[int, int, int, int]
"""Households, people, animals, needs."""


def plain_totals(at: datetime) -> dict[str, Figures]:
    """area code → what counts in exactly it at a moment, from the register's own rows."""
    from mulian.modules.households.models import Household  # noqa: PLC0415 -- needs Django

    open_ = set(Household.unscoped.because(WHY).filter(closed_at__isnull=True).values_list("id", flat=True))
    people, herd, needs = _people(), _herd(), _needs()
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for id, area in _homes(at).items():
        if id in open_:
            for place, value in enumerate((1, people[id], herd[id], needs[id])):
                found[area][place] += value
    return {area: (one[0], one[1], one[2], one[3]) for area, one in found.items()}


def _homes(at: datetime) -> dict[UUID, str]:
    """household → where it lives, else where it is registered."""
    from mulian.core.access.models import Placement  # noqa: PLC0415 -- needs Django

    rows = Placement.objects.filter(subject_kind="household", valid_from__lte=at).exclude(valid_to__lte=at)
    told: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for id, kind, area in rows.values_list("subject_id", "counts_as", "area_id"):
        told[id][kind] = area
    places = {id: kinds.get(RESIDING) or kinds.get(REGISTERED) for id, kinds in told.items()}
    return {id: area for id, area in places.items() if area}


def _people() -> Counter[UUID]:
    from mulian.modules.households.models import Member  # noqa: PLC0415 -- needs Django

    rows = Member.unscoped.because(WHY).filter(gone_at__isnull=True)
    return Counter(rows.values_list("household_id", flat=True))


def _herd() -> Counter[UUID]:
    from mulian.modules.households.models import Item  # noqa: PLC0415 -- needs Django
    from mulian.modules.households.queries.catalogue import catalogue  # noqa: PLC0415 -- as above

    herds = {item.code for item in catalogue().items.values() if item.herd}
    rows = Item.unscoped.because(WHY).filter(valid_to__isnull=True, subject__isnull=True)
    found: Counter[UUID] = Counter()
    for id, code, amount in rows.values_list("household_id", "code", "amount").iterator(CHUNK):
        if code in herds:
            found[id] += max(0, amount or 0)
    return found


def _needs() -> Counter[UUID]:
    from mulian.modules.households.models import Need  # noqa: PLC0415 -- needs Django

    return Counter(
        Need.unscoped.because(WHY).filter(until__isnull=True).values_list("household_id", flat=True)
    )


def digest() -> str:
    """The same for the same families, members and dated items, however they were written down."""
    from mulian.modules.households.models import Household, Item, Member  # noqa: PLC0415 -- needs Django

    told = sha256()
    for model, names in (
        (Household, ("id", "number", "name", "name_bo", "language")),
        (Member, ("id", "household_id", "position", "name", "birth_year", "relation")),
        (Item, ("household_id", "subject", "code", "amount", "word", "valid_from", "valid_to", "as_of")),
    ):
        rows: Any = model.unscoped.because(WHY).order_by("id").values_list(*names)
        _add(told, rows.iterator(CHUNK))
    return told.hexdigest()[:16]


def _add(told: Any, rows: Iterator[Iterable[object]]) -> None:
    for row in rows:
        told.update("|".join(map(str, row)).encode() + b"\n")

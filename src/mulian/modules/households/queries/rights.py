"""What a family may ask, as this installation's pack says; read once a process."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from mulian.core.packs import Pack, current
from mulian.core.packs.calendars import working_time
from mulian.core.packs.shapes import register as shapes
from mulian.kernel.worktime import Calendar
from mulian.modules.households.domain.requests import Asking, Keeping, Kind, Rights
from mulian.modules.households.queries.catalogue import label

WORK = "work"
"""The calendar whose days are counted."""


def rights() -> Rights:
    """This installation's."""
    return _rights(id(current()))


def calendar() -> Calendar:
    return _calendar(id(current()))


def rights_of(pack: Pack) -> Rights:
    """A pack's. Raises msgspec.ValidationError for rows of a wrong shape."""
    asked = [msgspec.convert(row, shapes.Request) for row in pack.rows("register", "request")]
    kept = [msgspec.convert(row, shapes.Kept) for row in pack.rows("register", "kept")]
    where = [msgspec.convert(row, shapes.Complaint) for row in pack.rows("register", "complaint")]
    return Rights(
        askings={Kind(row.code): _asking(row) for row in asked},
        keepings=tuple(_keeping(row) for row in kept),
        complaints=tuple(label(row.name) for row in where),
    )


def _asking(row: shapes.Request) -> Asking:
    return Asking(
        kind=Kind(row.code),
        name=label(row.name),
        days=row.days,
        near_days=row.near_days,
        step_days=row.step_days,
        rule=label(row.rule),
    )


def _keeping(row: shapes.Kept) -> Keeping:
    return Keeping(
        name=label(row.name),
        rule=label(row.rule),
        items=frozenset(row.items),
        documents=frozenset(row.documents),
    )


@lru_cache(maxsize=4)
def _rights(pack: int) -> Rights:
    """By identity: a pack is read once and never changes."""
    return rights_of(current())


@lru_cache(maxsize=4)
def _calendar(pack: int) -> Calendar:
    return working_time(current(), WORK)

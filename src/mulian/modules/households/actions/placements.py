"""Replays a household's moves into placements, which the scope reads. Only rows that differ are written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mulian.core.access.models import Placement
from mulian.core.areas.codes import lineage
from mulian.core.events import feeds
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.history import Spell, Told, spells
from mulian.modules.households.domain.readers import reader_areas
from mulian.modules.households.models import Move
from mulian.modules.households.queries import KIND, areas_at

Row = tuple[str, datetime, datetime | None]


def told_moves(household: UUID, kind: MoveKind) -> list[Told[str]]:
    """Everything told of one kind of place, as area codes."""
    rows = Move.unscoped.because("replaying the moves of one household")
    moves = rows.filter(household=household, kind=kind).values_list("at", "turn", "area_id")
    return [Told(at, turn, area) for at, turn, area in moves]


def replay(household: UUID, kind: MoveKind, told: list[Told[str]] | None = None) -> None:
    """Makes the placements of one kind equal to what was told (read, where it is not in hand)."""
    history: list[Spell[str]] = spells(told_moves(household, kind) if told is None else told)
    wanted: set[Row] = {(spell.place, spell.start, spell.end) for spell in history}
    rows = Placement.objects.filter(subject_kind=KIND, subject_id=household, counts_as=kind)
    held: dict[Row, int] = {(p.area_id, p.valid_from, p.valid_to): p.pk for p in rows}
    if stale := [pk for row, pk in held.items() if row not in wanted]:
        Placement.objects.filter(pk__in=stale).delete()
    if fresh := sorted(wanted - set(held), key=lambda row: row[1]):
        Placement.objects.bulk_create([_row(household, kind, row) for row in fresh])


def _row(household: UUID, kind: MoveKind, row: Row) -> Placement:
    area, start, end = row
    return Placement(
        subject_kind=KIND, subject_id=household, area_id=area, counts_as=kind, valid_from=start, valid_to=end
    )


def places_now(household: UUID, at: datetime) -> dict[str, str]:
    """kind → area code, of what holds at `at`."""
    return areas_at(household, at)


def reader_feeds(codes: Iterable[str | None]) -> list[str]:
    """The feed keys of all phones that hold what counts in these areas."""
    return [feeds.of_area(code) for code in reader_areas(codes, lineage)]


def village_codes(codes: Iterable[str | None]) -> list[str]:
    """What the log says of the place: villages, never a family's grid area or camp."""
    return sorted({code[:12] for code in codes if code})

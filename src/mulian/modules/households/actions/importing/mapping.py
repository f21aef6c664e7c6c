"""Says what a table's columns mean; what means nothing is forgotten at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.database.rows import update_values
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.importing import columns
from mulian.modules.households.domain.importing.columns import Heading
from mulian.modules.households.models import Import, ImportLine, ImportMapping
from mulian.modules.households.queries import importing as queries
from mulian.modules.households.queries.catalogue import catalogue

NAMES_A_FAMILY = ("household.number", "household.name", "member.relation")
AT_ONCE = 400


def headings(row: Import) -> list[Heading]:
    """The columns of the chosen sheet with their titles; what was refused before keeps its title and its word."""
    lines = [line.cells for line in queries.top(row, row.sheet) if row.first <= line.number <= row.last]
    found = columns.headings(lines, 0, len(lines) - 1) if lines else []
    never = {column: (title, word) for sheet, column, title, word in row.refused if sheet == row.sheet}
    width = max([len(found), *(column + 1 for column in never)], default=0)
    plain = {one.column: one for one in found}
    return [
        Heading(column, *never[column]) if column in never else plain.get(column, Heading(column, ""))
        for column in range(width)
    ]


def suggested(row: Import) -> dict[int, str]:
    """column → meaning: as this source's headings meant last time, else by their words."""
    last = ImportMapping.objects.filter(source=row.source).values_list("titles", flat=True).first() or {}
    return columns.suggestions(headings(row), queries.rules().headings, last)


@transaction.atomic
def choose_sheet(*, table: UUID, sheet: int, first: int, last: int, actor: Actor, at: datetime) -> None:
    """Another sheet, or other lines of headings. Refused columns are looked for again and cleared."""
    row = _mapping(table, actor)
    if not 0 <= sheet < len(row.sheets) or not 1 <= first <= last:
        raise Problem("invalid")
    row.sheet, row.first, row.last, row.changed_at = sheet, first, last, at
    known = {(s, column) for s, column, _, _ in row.refused}
    fresh = [one for one in headings(row) if one.refused and (sheet, one.column) not in known]
    row.refused = [*row.refused, *([sheet, one.column, one.title, one.refused] for one in fresh)]
    row.save()
    if fresh:
        _clear(row, keep=None, never={one.column for one in fresh})


def map_columns(*, table: UUID, mapping: Mapping[int, str], actor: Actor, at: datetime) -> None:
    """Takes the meanings; the worker compares then. Raises `households.import_columns`, `import_column_twice`,
    `import_forbidden`.
    """
    row = _mapping(table, actor)
    wanted = {column: target for column, target in mapping.items() if target}
    _check(wanted, {one.column for one in headings(row) if one.refused})
    titles = {one.title: wanted.get(one.column, "") for one in headings(row) if one.title and not one.refused}
    _clear(row, keep=set(wanted), never=set())
    with transaction.atomic():
        ImportMapping.objects.update_or_create(
            source=row.source, defaults={"titles": titles, "changed_at": at}
        )
        ImportLine.objects.filter(table=row).exclude(sheet=row.sheet).delete()
        Import.objects.filter(id=row.id, state=Import.State.MAPPING).update(
            mapping={str(column): target for column, target in wanted.items()},
            state=Import.State.COMPARING,
            changed_at=at,
        )


def _mapping(table: UUID, actor: Actor) -> Import:
    row = queries.table(table, actor)
    if row.state != Import.State.MAPPING:
        raise Problem("households.import_state")
    return row


def _check(wanted: Mapping[int, str], refused: set[int]) -> None:
    if refused & set(wanted):
        raise Problem("households.import_forbidden")
    if len(set(wanted.values())) != len(wanted):
        raise Problem("households.import_column_twice")
    if not set(wanted.values()) <= set(columns.targets(catalogue())):
        raise Problem("invalid")
    if not set(NAMES_A_FAMILY) & set(wanted.values()):
        raise Problem("households.import_columns")


def _clear(row: Import, *, keep: set[int] | None, never: set[int]) -> None:
    """Empties the cells of columns that are not kept, or never may be."""
    ids = list(queries.lines(row).filter(number__gt=row.last).values_list("id", flat=True))
    for at in range(0, len(ids), AT_ONCE):
        changed: list[tuple[list[str], int]] = []
        held = ImportLine.objects.filter(id__in=ids[at : at + AT_ONCE]).values_list("id", "cells")
        for id, before in held:
            cells = [
                "" if column in never or (keep is not None and column not in keep) else text
                for column, text in enumerate(before)
            ]
            if cells != before:
                changed.append((cells, id))
        with transaction.atomic():
            update_values(ImportLine, ["cells"], changed)

"""Takes a table in: read apart, refused columns and identity numbers left out before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import IO
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.database.rows import insert_values
from mulian.core.events.log import append
from mulian.core.sheets.tables import Line, opened
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.importing import problems as _problems  # noqa: F401
from mulian.modules.households.domain.catalogue import Source
from mulian.modules.households.domain.importing import columns
from mulian.modules.households.events import TableTaken
from mulian.modules.households.models import Import, ImportLine
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import importing as queries

AT_ONCE = 400
"""Lines written in one transaction: a line of reports never waits behind a table."""
State = Import.State


@dataclass(frozen=True, kw_only=True)
class Bringing:
    """What a person says of a table: where it belongs, who gave it, what for, how it is known, as of which day."""

    area: str
    source: str
    purpose: str
    known_by: Source = Source.OFFICE
    as_of: date | None = None
    file_name: str = ""


def take_table(*, id: UUID, file: IO[bytes], about: Bringing, actor: Actor, at: datetime) -> Import:
    """Keeps the lines of a table until it is decided. Raises the Problems `sheets.*`, `households.import_purpose`.

    The same id again answers the table it made. A table that was not taken in whole is never seen, and swept.
    """
    scope.require_area(actor, Permission.IMPORT, about.area)
    known = Import.objects.filter(id=id).exclude(state=State.DISCARDED).first()
    if known is not None:
        return queries.table(known.id, actor)
    if not about.source.strip() or not about.purpose.strip():
        raise Problem("households.import_purpose")
    with opened(file) as lines:
        row = _begun(id, file, about, actor, at)
        _keep(row, lines)
    _settle(row, actor, at)
    return row


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of the bytes as sent."""
    file.seek(0)
    found = hashlib.sha256()
    while part := file.read(1 << 20):
        found.update(part)
    return found.hexdigest()


@transaction.atomic
def _begun(id: UUID, file: IO[bytes], about: Bringing, actor: Actor, at: datetime) -> Import:
    Import.objects.filter(id=id, state=State.DISCARDED).delete()
    return Import.objects.create(
        id=id,
        area_id=about.area,
        by=None if actor is SYSTEM else actor.person,
        source=about.source.strip()[:60],
        purpose=about.purpose.strip()[:200],
        known_by=about.known_by,
        as_of=about.as_of or at.date(),
        file_name=about.file_name[:120],
        digest=digest_of(file),
        state=State.DISCARDED,
        created_at=at,
        changed_at=at,
    )


def _keep(row: Import, lines: Iterator[Line]) -> None:
    """The headings of a sheet are looked at first; what they refuse is not in the lines that are kept."""
    sheets: list[dict[str, object]] = []
    words = queries.rules().headings
    refused: list[list[object]] = []
    for number, (name, several) in enumerate(_by_sheet(lines)):
        head = list(islice(several, columns.HEAD_LINES))
        first, last = columns.guess([line.cells for line in head], words)
        found = columns.headings([line.cells for line in head], first, last)
        never = {one.column: one for one in found if one.refused}
        refused += [[number, one.column, one.title, one.refused] for one in never.values()]
        known = sum(1 for one in found if columns.meaning(one.title.split(" · "), words))
        kept = _write(row, number, _chain(head, several), set(never))
        places = {"first": head[first].number, "last": head[last].number}
        sheets.append({"name": name, "lines": kept, "known": known, **places})
    row.sheets, row.refused = sheets, refused


def _by_sheet(lines: Iterator[Line]) -> Iterator[tuple[str, Iterator[Line]]]:
    """Each sheet's lines; the caller reads one to its end before the next."""
    ahead = next(lines, None)

    def same(sheet: int) -> Iterator[Line]:
        nonlocal ahead
        while ahead is not None and ahead.sheet == sheet:
            yield ahead
            ahead = next(lines, None)

    while ahead is not None:
        yield ahead.name, same(ahead.sheet)


def _chain(head: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from head
    yield from rest


def _write(row: Import, sheet: int, lines: Iterable[Line], never: set[int]) -> int:
    kept, source = 0, iter(lines)
    while several := list(islice(source, AT_ONCE)):
        values = [(row.id, sheet, line.number, _cells(line.cells, never)) for line in several]
        with transaction.atomic():
            insert_values(ImportLine, ("table_id", "sheet", "number", "cells"), values)
        kept += len(several)
    return kept


def _cells(cells: list[str], never: set[int]) -> list[str]:
    return ["" if column in never else columns.without_identity(text) for column, text in enumerate(cells)]


@transaction.atomic
def _settle(row: Import, actor: Actor, at: datetime) -> None:
    """The sheet with the most known headings is looked at first."""
    best = max(range(len(row.sheets)), key=lambda n: (row.sheets[n]["known"], row.sheets[n]["lines"], -n))
    row.sheet, row.first, row.last = best, row.sheets[best]["first"], row.sheets[best]["last"]
    row.state = State.MAPPING
    row.save()
    taken = TableTaken(
        subject_id=row.id, source=row.source, purpose=row.purpose, lines=sum(s["lines"] for s in row.sheets)
    )
    append(taken, actor=actor, at=at, areas=[row.area_id])

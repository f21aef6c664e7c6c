"""Returns upward: a superior's own table, marked once, filled from the ledger each time, kept as it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.areas.models import Area
from mulian.core.events.log import append
from mulian.core.sheets.filling import filled
from mulian.core.sheets.limits import MEGABYTE
from mulian.core.sheets.tables import Line, opened
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.domain import returning as rule
from mulian.modules.households.domain.importing.columns import folded
from mulian.modules.households.domain.returning import Mark, NotACell, wrong_totals
from mulian.modules.households.events import ReturnMade, ReturnSent
from mulian.modules.households.models import Return, ReturnForm
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import returning as queries
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.importing import places

LARGEST = 2 * MEGABYTE
LINES = 400
register(
    "households.return_name",
    422,
    "Name and receiver are missing.",
    "Say what it is called and who asks for it.",
)
register(
    "households.return_cell", 422, "This is no cell of the table.", "Write a column and a line, such as B5."
)
register("households.return_figure", 422, "This figure is not kept.", "Choose one from the list.")
register(
    "households.return_no_place",
    422,
    "No line names a place of yours.",
    "Choose the column of the place names.",
)
register("households.return_unmarked", 409, "No cell is marked yet.", "Say first what its cells hold.")
register("households.return_sent", 409, "This copy was sent already.", "Fill a new one.")


@dataclass(frozen=True, kw_only=True)
class Column:
    """Marks for a whole column: a figure for each place that another column names."""

    sheet: int
    column: str
    names: str
    first: int
    last: int
    figure: str


def add_form(
    *, id: UUID, name: str, receiver: str, area: str, file: bytes, actor: Actor, at: datetime
) -> ReturnForm:
    """Keeps a superior's table as it came. Raises `households.return_name`, the Problems `sheets.*`."""
    scope.require_area(actor, Permission.RETURN, area)
    if not name.strip() or not receiver.strip():
        raise Problem("households.return_name")
    if len(file) > LARGEST or not file.startswith(b"PK"):
        raise Problem("sheets.too_large" if len(file) > LARGEST else "sheets.wrong_type")
    filled(file, {})
    with transaction.atomic():
        row, _ = ReturnForm.objects.get_or_create(
            id=id,
            defaults={
                "name": name.strip()[:80], "receiver": receiver.strip()[:80], "area_id": area, "file": file,
                "by": actor.person, "created_at": at,
            },
        )  # fmt: skip
    return queries.form(row.id, actor)


def grid(row: ReturnForm) -> list[Line]:
    """The first lines of the superior's table, as text."""
    with TemporaryFile() as file:
        file.write(bytes(row.file))
        file.flush()
        with opened(file) as lines:
            return [line for line in lines if line.number <= LINES]


def mark_column(*, form: UUID, column: Column, actor: Actor, at: datetime) -> int:
    """Marks the column's cells by the place each line names; returns how many."""
    row = queries.form(form, actor)
    _check_figure(column.figure)
    villages, grids = places(row.area_id)
    lines = {line.number: line.cells for line in grid(row) if line.sheet == column.sheet}
    try:
        found = rule.column_marks(
            lines, sheet=column.sheet, column=column.column.strip().upper(), names=column.names.strip().upper(),
            rows=range(column.first, min(column.last, LINES) + 1), figure=column.figure,
            places={**_townships(row), **grids, **villages}, whole=row.area_id,
        )  # fmt: skip
    except NotACell:
        raise Problem("households.return_cell") from None
    if not found:
        raise Problem("households.return_no_place")
    _keep(row.id, found)
    return len(found)


def mark_cell(*, form: UUID, mark: Mark, actor: Actor, at: datetime) -> None:
    """Marks one cell."""
    row = queries.form(form, actor)
    _check_figure(mark.figure)
    scope.require_area(actor, Permission.RETURN, mark.area)
    try:
        rule.parts(mark.cell)
    except NotACell:
        raise Problem("households.return_cell") from None
    _keep(row.id, [Mark(mark.sheet, mark.cell.strip().upper(), mark.figure, mark.area)])


@transaction.atomic
def clear_marks(*, form: UUID, actor: Actor, at: datetime) -> None:
    ReturnForm.objects.filter(id=queries.form(form, actor).id).update(marks=[])


@transaction.atomic
def _keep(form: UUID, found: Sequence[Mark]) -> None:
    """A cell has one mark; the last said holds."""
    row = ReturnForm.objects.select_for_update().get(id=form)
    held = {(m["sheet"], m["cell"]): m for m in row.marks}
    held |= {(m.sheet, m.cell): m.stored() for m in found}
    row.marks = sorted(held.values(), key=lambda m: (m["sheet"], *rule.parts(m["cell"])))[: rule.MOST_MARKS]
    row.save()


def _check_figure(figure: str) -> None:
    if figure not in rule.figures(catalogue()):
        raise Problem("households.return_figure")


def _townships(row: ReturnForm) -> dict[str, frozenset[str]]:
    rows = Area.objects.filter(level="township", code__startswith=row.area_id, valid_to__isnull=True)
    return {folded(name): frozenset({a.code}) for a in rows for name in (a.name_zh, a.name_bo) if name}


def fill_return(*, form: UUID, actor: Actor, at: datetime) -> Return:
    """Counts every marked cell today and keeps the filled copy. Raises `households.return_unmarked`."""
    row = queries.form(form, actor)
    if not row.marks:
        raise Problem("households.return_unmarked")
    figures = [queries.counted(mark, at) for mark in queries.marks(row)]
    content = filled(bytes(row.file), {(one.mark.sheet, one.mark.cell): one.value for one in figures})
    wrong = {(one.mark.sheet, one.mark.cell) for one in wrong_totals(figures)}
    told = [
        {
            **one.mark.stored(), "value": one.value, "of": one.of, "unknown": one.unknown, "stale": one.stale,
            "wrong": (one.mark.sheet, one.mark.cell) in wrong,
        }
        for one in figures
    ]  # fmt: skip
    with transaction.atomic():
        made = Return.objects.create(
            id=uuid7(at), form=row, day=at.astimezone(CN).date(), figures=told, file=content, by=actor.person,
            made_at=at,
        )  # fmt: skip
        event = ReturnMade(subject_id=made.id, form=str(row.id), cells=len(told), wrong=len(wrong))
        append(event, actor=actor, at=at, areas=[row.area_id])
    return made


@transaction.atomic
def send_return(*, made: UUID, actor: Actor, at: datetime) -> Return:
    """Notes that this copy went up and who signed for it; from then on it stays as it is."""
    row = Return.objects.select_related("form").filter(id=made).first()
    if row is None:
        raise Problem("not_found")
    queries.form(row.form_id, actor)
    if not Return.objects.filter(id=made, sent_at__isnull=True).update(sent_at=at, sent_by=actor.person):
        raise Problem("households.return_sent")
    append(ReturnSent(subject_id=row.id, form=str(row.form_id)), actor=actor, at=at, areas=[row.form.area_id])
    return row

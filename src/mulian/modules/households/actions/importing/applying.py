"""Writes a table into the register, some families a transaction, each with what takes it back; a kill loses nothing.

What was applied and that it was applied commit together, so going on after a kill doubles nothing. A new household's id
follows from the table and the line. A family whose register changed since somebody looked is left, and said so.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.database.batch import together
from mulian.core.database.rows import update_many
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.importing.adding import add_families
from mulian.modules.households.actions.importing.altering import alter_family
from mulian.modules.households.actions.importing.comparing import (
    counted,
    planned,
    read_again,
    registered_meanwhile,
    writer,
)
from mulian.modules.households.domain.importing.reading import Group
from mulian.modules.households.events import TableApplied
from mulian.modules.households.models import Import, ImportLine
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import importing as queries
from mulian.modules.households.queries.requests import restricted
from mulian.modules.households.queries.standing import standing

AT_ONCE = 50
State = ImportLine.State
DUE = (State.NEW, State.CHANGED)
MOVED_ON = [None, "households.import_moved_on"]


@transaction.atomic
def apply_table(*, table: UUID, actor: Actor, at: datetime) -> None:
    """Lets the worker write it. Raises `households.import_state`, `import_undecided`, `import_nothing`."""
    row = queries.table(table, actor)
    if row.state != Import.State.LOOKING:
        raise Problem("households.import_state")
    if queries.heads(row).filter(state=State.DOUBTFUL).exists():
        raise Problem("households.import_undecided")
    if not queries.heads(row).filter(state__in=DUE).exists():
        raise Problem("households.import_nothing")
    begin(row, at)


def begin(row: Import, at: datetime) -> None:
    """From now on the worker goes on with it until it is done, whatever is killed."""
    Import.objects.filter(id=row.id).update(state=Import.State.APPLYING, changed_at=at)


def apply_some(row: Import, at: datetime, after: int = 0) -> int | None:
    """Writes the next families below the line `after`; the line it came to, None when the table is done.

    Who begins at 0 passes everything written before; so one who goes on says how far they came.
    """
    due = queries.heads(row).filter(state__in=DUE, number__gt=after)
    numbers = list(due.values_list("number", flat=True)[:AT_ONCE])
    if not numbers:
        _finish(row, at)
        return None
    groups = read_again(row, at, numbers)
    with transaction.atomic(), together():
        held = queries.lines(row).select_for_update().filter(number__in=numbers, state__in=DUE)
        _apply(row, list(held), groups, at)
    return numbers[-1]


def _apply(row: Import, due: list[ImportLine], groups: dict[int, Group], at: datetime) -> None:
    by = writer(row, at)
    fresh = [line for line in due if line.state == State.NEW]
    for line in registered_meanwhile(row, fresh, groups, at):
        line.state, line.faults = State.LEFT, [*line.faults, MOVED_ON]
    fresh = [line for line in fresh if line.state == State.NEW]
    add_families(row, [(line, groups[line.number]) for line in fresh], by, at)
    ids = [line.household for line in due if line.state == State.CHANGED and line.household]
    known = queries.known(ids, at.date())
    stands = standing(known, by, at, permission=Permission.CHANGE)
    held = set(restricted(ids, at).values_list("household", flat=True))
    for line in due:
        if line.state != State.CHANGED:
            continue
        if line.household in held:
            line.state, line.faults = State.LEFT, [*line.faults, [None, "households.import_restricted"]]
            continue
        now = known.get(line.household or UUID(int=0))
        plan = planned(groups[line.number], now, stands[now.id]) if now else []
        if now is None or [change.shown() for change in plan] != line.change:
            line.state, line.faults = State.LEFT, [*line.faults, MOVED_ON]
        else:
            alter_family(row, line, plan, by, at)
    update_many(due, ["state", "faults", "household", "undo"])


@transaction.atomic
def _finish(row: Import, at: datetime) -> None:
    """One event for the table; each household has its own."""
    counts = counted(row)
    done = Import.objects.filter(id=row.id, state=Import.State.APPLYING)
    if done.update(state=Import.State.DONE, counts=counts, changed_at=at):
        event = TableApplied(
            subject_id=row.id, source=row.source, purpose=row.purpose, by=str(row.by or ""), counts=counts
        )
        append(event, actor=writer(row, at), at=at, areas=[row.area_id])

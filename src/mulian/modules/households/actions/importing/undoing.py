"""Takes a table back exactly: what it made is gone, what it changed is as before; what others changed since stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.access.models import Placement
from mulian.core.database.batch import together
from mulian.core.database.rows import update_many
from mulian.core.events.log import append
from mulian.core.search import index as search
from mulian.core.sheets.limits import ROWS
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.changing import index_household
from mulian.modules.households.actions.importing.comparing import counted, writer
from mulian.modules.households.actions.placements import places_now, reader_feeds, village_codes
from mulian.modules.households.actions.telling import replay_items
from mulian.modules.households.events import HouseholdClosed, TableUndone
from mulian.modules.households.models import Household, Import, ImportLine, Item, Member
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries import importing as queries

WHY = "a brought table is taken back"
AT_ONCE = 50
State = ImportLine.State


@transaction.atomic
def undo_table(*, table: UUID, actor: Actor, at: datetime) -> None:
    """Lets the worker take it back; possible while its lines are kept, also while it is still being written."""
    row = queries.table(table, actor)
    if row.state not in (Import.State.DONE, Import.State.APPLYING):
        raise Problem("households.import_state")
    Import.objects.filter(id=row.id).update(state=Import.State.UNDOING, changed_at=at)


@transaction.atomic
def discard_table(*, table: UUID, actor: Actor, at: datetime) -> None:
    """Forgets a table that was not applied; nothing of it ever counted."""
    row = queries.table(table, actor)
    if row.state not in (Import.State.MAPPING, Import.State.COMPARING, Import.State.LOOKING):
        raise Problem("households.import_state")
    ImportLine.objects.filter(table=row).delete()
    Import.objects.filter(id=row.id).update(state=Import.State.DISCARDED, changed_at=at)


def undo_some(row: Import, at: datetime, before: int = 0) -> int | None:
    """Takes the next families back, the last written first, from above the line `before` (0: from the end); the line
    it came to, None when the table is undone.
    """
    due = queries.heads(row).filter(state=State.APPLIED).exclude(number__gte=before or ROWS + 1)
    numbers = list(due.order_by("-number").values_list("number", flat=True)[:AT_ONCE])
    if not numbers:
        _finish(row, at)
        return None
    with transaction.atomic(), together():
        held = queries.lines(row).select_for_update().filter(number__in=numbers, state=State.APPLIED)
        rows = list(held.order_by("-number"))
        for line in rows:
            line.state = State.UNDONE if _undo(row, line, at) else State.STAYED
        update_many(rows, ["state"])
    return numbers[-1]


def _undo(row: Import, line: ImportLine, at: datetime) -> bool:
    rows = Household.unscoped.because(WHY).select_for_update()
    household = rows.filter(id=line.household or UUID(int=0), closed_at__isnull=True).first()
    if household is None or household.rev != line.undo.get("rev", 1):
        return False
    by = writer(row, at)
    if line.undo.get("new"):
        return _forget(household, by, at)
    return _restore(household, line.undo, by, at)


def _forget(household: Household, by: Actor, at: datetime) -> bool:
    """A household nobody touched since is as if it had never come; the log keeps that it did."""
    places = places_now(household.id, at).values()
    closed = HouseholdClosed(subject_id=household.id, reason="a brought table was taken back")
    append(closed, actor=by, at=at, areas=village_codes(places), feeds=reader_feeds(places))
    search.remove(kind=KIND, ids=[household.id])
    Placement.objects.filter(subject_kind=KIND, subject_id=household.id).delete()
    household.delete()
    return True


def _restore(household: Household, undo: dict[str, Any], by: Actor, at: datetime) -> bool:
    for name, value in undo["details"].items():
        setattr(household, name, value)
    members = Member.unscoped.because(WHY).filter(household=household)
    for member in members.filter(id__in=undo["members"]):
        for name, value in undo["members"][str(member.id)].items():
            setattr(member, name, value)
        member.save()
    told = Item.unscoped.because(WHY).filter(household=household, id__in=undo["items"])
    keys: set[tuple[UUID | None, str]] = set(told.values_list("subject", "code"))
    told.delete()
    members.filter(id__in=undo["added"]).delete()
    replay_items(household.id, keys)
    what = [*undo["details"], *(["members"] if undo["members"] or undo["added"] else [])]
    announce_change(household, [*what, *(["items"] if undo["items"] else [])], actor=by, at=at)
    index_household(household, at)
    return True


@transaction.atomic
def _finish(row: Import, at: datetime) -> None:
    counts = counted(row)
    done = Import.objects.filter(id=row.id, state=Import.State.UNDOING)
    if done.update(state=Import.State.UNDONE, counts=counts, changed_at=at):
        event = TableUndone(subject_id=row.id, source=row.source, counts=counts)
        append(event, actor=writer(row, at), at=at, areas=[row.area_id])

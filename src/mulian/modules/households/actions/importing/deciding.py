"""A person decides whether a doubtful family of a table is one of the register."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.importing.comparing import counted, planned, read_again, writer
from mulian.modules.households.models import Import, ImportLine
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import importing as queries
from mulian.modules.households.queries.requests import restricted
from mulian.modules.households.queries.standing import standing

State, Answer = ImportLine.State, ImportLine.Answer


@transaction.atomic
def decide(
    *, table: UUID, line: int, answer: str, household: UUID | None, actor: Actor, at: datetime
) -> ImportLine:
    """`answer` same (with one of the likest households), new, or leave. It may be changed until it is applied."""
    row = queries.table(table, actor)
    if row.state != Import.State.LOOKING:
        raise Problem("households.import_state")
    found = queries.heads(row).select_for_update().filter(number=line).first()
    if found is None or not found.likest:
        raise Problem("not_found")
    likest = {UUID(id) for id, _ in found.likest}
    if answer not in Answer.values or (answer == Answer.SAME and household not in likest):
        raise Problem("invalid")
    found.answer = answer
    found.household = household if answer == Answer.SAME else None
    found.state, found.change = _decided(row, found, at)
    found.save()
    Import.objects.filter(id=row.id).update(counts=counted(row), changed_at=at)
    return found


def _decided(row: Import, line: ImportLine, at: datetime) -> tuple[str, list[object]]:
    if line.answer == Answer.LEAVE:
        return State.LEFT, []
    if line.household is None:
        return State.NEW, []
    if restricted([line.household], at).exists():
        raise Problem("households.import_restricted")
    changes = planned_for(row, line, at)
    return (State.CHANGED if changes else State.KNOWN), changes


def planned_for(row: Import, line: ImportLine, at: datetime) -> list[object]:
    """What the family's lines would change in the household it was said to be."""
    household = line.household or UUID(int=0)
    known = queries.known([household], at.date()).get(household)
    if known is None:
        raise Problem("households.closed")
    stands = standing([household], writer(row, at), at, permission=Permission.CHANGE)[household]
    group = read_again(row, at, [line.number])[line.number]
    return [change.shown() for change in planned(group, known, stands)]

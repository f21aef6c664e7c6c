"""A household with people in it has one head, and is called by the head's name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.belonging import WHY, present, seat, settle_members
from mulian.modules.households.domain.happening import successor
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.models import Household, LifeEvent, Member
from mulian.modules.households.queries.lives import known

register(
    "households.head_needed", 422, "This member cannot be the head.", "Choose somebody who belongs to it."
)
register(
    "households.two_heads",
    422,
    "The household has a head already.",
    "Choose another relation to the head, or change the present head's first.",
)


def succeed(row: Household, event: LifeEvent, at: datetime, *, named: UUID | None = None) -> list[str]:
    """Who heads it from the event on: who was named, else the next one, where the head left. Returns what changed."""
    people = present(row)
    if named is not None and all(one.id != named for one in people):
        raise Problem("households.head_needed")
    headed = any(one.relation == Relation.HEAD for one in people)
    chosen = named or (None if headed else successor(known(people), event.at.astimezone(CN).year))
    head = next((one for one in people if one.id == chosen), None)
    if head is None:
        return []
    seat(head, event, row, head.position, Relation.HEAD)
    settle_members([head.id], at)
    return _call(row, head)


def called_by_head(row: Household, told: LifeEvent) -> list[str]:
    """After a taking back: if it had named a head, the household is called by whoever heads it now."""
    named = told.belongings.filter(household=row, relation=Relation.HEAD)
    if not named.exists():
        return []
    rows = Member.unscoped.because(WHY).filter(household=row, relation=Relation.HEAD, gone_at__isnull=True)
    head = rows.order_by("position", "id").first()
    return _call(row, head) if head else []


def one_head(row: Household) -> None:
    """Raises `households.two_heads`."""
    rows = Member.unscoped.because(WHY).filter(household=row, relation=Relation.HEAD, gone_at__isnull=True)
    if rows.count() > 1:
        raise Problem("households.two_heads")


def _call(row: Household, head: Member) -> list[str]:
    row.name, row.name_bo = head.name, head.name_bo
    return ["name"]

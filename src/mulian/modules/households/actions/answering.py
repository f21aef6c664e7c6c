"""Facts that came as answers of a form: what the writer may tell is told, the rest stays with the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.households.actions.authority import written_from
from mulian.modules.households.actions.changing import update_household
from mulian.modules.households.actions.telling import Fact
from mulian.modules.households.domain.catalogue import Item, Of, Side, Source
from mulian.modules.households.domain.sides import may_write
from mulian.modules.households.domain.values import NotAValue, kept
from mulian.modules.households.models import Camp, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue


def tell_answers(
    *, household: UUID, facts: Sequence[Fact], actor: Actor, at: datetime, written: datetime
) -> int:
    """Tells the register what it takes, as told by the family; answers how many facts that were.

    Left out, without a word: items the county dropped, values that no longer fit, members and camps of others, and what
    the other village keeps. The transaction is the caller's. Raises what `update_household` raises.
    """
    stands = written_from(household, actor, Permission.CHANGE, at, written)
    known = _subjects(household, facts)
    taken = [fact for fact in facts if _takes(catalogue().items.get(fact.code), fact, stands, known)]
    if taken:
        update_household(
            household=household, actor=actor, at=at, facts=taken, source=Source.TOLD, written=written
        )
    return len(taken)


def _takes(item: Item | None, fact: Fact, stands: frozenset[Side], known: dict[UUID, Of]) -> bool:
    whose = known.get(fact.subject) if fact.subject else Of.HOUSEHOLD
    if item is None or not may_write(item, stands) or whose != item.of:
        return False
    try:
        kept(item, fact.value)
    except NotAValue:
        return False
    return True


def _subjects(household: UUID, facts: Sequence[Fact]) -> dict[UUID, Of]:
    if not any(fact.subject for fact in facts):
        return {}
    members = Member.unscoped.because("the household was authorised").filter(household=household)
    camps = Camp.unscoped.because("the household was authorised").filter(household=household)
    found = dict.fromkeys(
        members.filter(id__in=[f.member for f in facts]).values_list("id", flat=True), Of.MEMBER
    )
    return found | dict.fromkeys(
        camps.filter(id__in=[f.camp for f in facts]).values_list("id", flat=True), Of.CAMP
    )

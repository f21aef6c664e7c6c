"""What a form about a family need not ask again: the facts and members its writer may read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.domain.sides import may_read
from mulian.modules.households.models import Camp, Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, household, ledger, with_insides
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.register import Known, true_on
from mulian.modules.households.queries.requests import unrestricted
from mulian.modules.households.queries.standing import standing

__all__ = ["Known", "camps", "known", "ledger_with_insides", "members"]


def known(id: UUID, actor: Actor, at: datetime) -> list[Known]:
    """What is true of a family today, as far as the actor reads it; nothing of one out of reach."""
    if household(id, actor, at) is None:
        return []
    stands = standing([id], actor, at)[id]
    cares = scope.can(actor, Permission.CARE, kind=KIND, id=id, at=at)
    items = catalogue().items
    found = true_on([id], at.astimezone(CN).date()).get(id, [])
    return [one for one in found if may_read(items[one.code], stands, cares)]


def ledger_with_insides(actor: Actor, at: datetime) -> list[Household]:
    """The families of the actor's own ledger by number, each with its members and open camps; restricted ones never.

    For lists that other programs hold: a family left out is still asked and written about from its own page.
    """
    return list(with_insides(unrestricted(ledger(actor, at), at).order_by("number", "id")))


def members(id: UUID, actor: Actor, at: datetime) -> list[Member]:
    """The members of a family the actor sees, the head first."""
    row = household(id, actor, at)
    return list(row.members.all()) if row else []


def camps(id: UUID, actor: Actor, at: datetime) -> list[Camp]:
    """The open camps of a family the actor sees, by season."""
    row = household(id, actor, at)
    return list(row.camps.all()) if row else []


def people_and_camps(
    text: str, actor: Actor, at: datetime, limit: int = 10
) -> list[tuple[Household, list[Member], list[Camp]]]:
    """Families of the actor's own ledger by words of number or name, each with who and which camps are in it."""
    if not text.strip():
        return []
    rows = with_insides(ledger(actor, at, text=text).order_by("number", "id")[:limit])
    return [(row, list(row.members.all()), list(row.camps.all())) for row in rows]

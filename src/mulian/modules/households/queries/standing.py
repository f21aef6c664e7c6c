"""On which side of a household an actor's duties stand: where it is registered, where it lives or camps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from mulian.core.access.scope import granting, held_places
from mulian.kernel.actor import SYSTEM, Actor
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.domain.sides import BOTH, sides
from mulian.modules.households.permissions import Permission

KIND = "household"


def standing(
    households: Iterable[UUID], actor: Actor, at: datetime, *, permission: str = Permission.VIEW
) -> dict[UUID, frozenset[Side]]:
    """household → the sides on which the actor's duties with this permission stand at `at`; one statement."""
    ids = list(dict.fromkeys(households))
    if actor is SYSTEM:
        return dict.fromkeys(ids, BOTH)
    duties = [posting.area for posting in granting(actor, permission)]
    places = held_places(KIND, ids, at)
    return {id: sides({held.counts_as: held.area for held in places[id]}, duties) for id in ids}


def stands(places: Mapping[str, str], actor: Actor, *, permission: str = Permission.VIEW) -> frozenset[Side]:
    """The same for places in hand."""
    if actor is SYSTEM:
        return BOTH
    return sides(places, [posting.area for posting in granting(actor, permission)])

"""May this actor write about this household: now, or when it was written?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from mulian.core.access import actors, scope
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.domain.sides import BOTH
from mulian.modules.households.models import Household
from mulian.modules.households.queries.standing import standing

LATEST_WRITING = timedelta(days=90)
"""How long a phone may carry what was written before it counts as written now."""

register("households.closed", 409, "This household is closed.", "Look for the household it went into.")
register("households.in_future", 422, "The date lies in the future.", "Correct the date.")
register("households.long_ago", 422, "The date lies too long ago.", "Correct the date.")


def authorise(
    *, household: UUID, actor: Actor, permission: str, at: datetime, written: datetime | None = None
) -> None:
    """Raises `not_found` unless the actor reaches the household now, or did when it was written.

    A family's former liaison may have written before the hand-over and found a signal after it.
    """
    if scope.can(actor, permission, kind="household", id=household, at=at):
        return
    then = writer_then(actor, at, written)
    if then is None or written is None:
        raise Problem("not_found")
    scope.require(then, permission, kind="household", id=household, at=written)


def writer_then(actor: Actor, at: datetime, written: datetime | None) -> Actor | None:
    """The writer with the duties of when it was written, where that may still count."""
    if written is None or not at - LATEST_WRITING <= written <= at:
        return None
    return actors.actor_then(actor.person, written, actor.device)


def written_from(
    household: UUID, actor: Actor, permission: str, at: datetime, written: datetime | None
) -> frozenset[Side]:
    """The sides of the household the writer stands on now, or stood on when it was written."""
    now = standing([household], actor, at, permission=permission)[household]
    then = writer_then(actor, at, written) if now != BOTH else None
    if then is None or written is None:
        return now
    return now | standing([household], then, written, permission=permission)[household]


def locked(household: UUID, *, closed_too: bool = False) -> Household:
    """The row, held until the transaction ends; raises `not_found` or, unless `closed_too`, `households.closed`."""
    rows = Household.unscoped.because("the writer was authorised for this one").select_for_update()
    row = rows.filter(id=household).first()
    if row is None:
        raise Problem("not_found")
    if row.closed_at is not None and not closed_too:
        raise Problem("households.closed")
    return row

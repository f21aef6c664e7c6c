"""Loads a case to act on it: locked, in the actor's scope, and checked for who may act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.access import scope
from mulian.core.database.batch import flush
from mulian.kernel.actor import SYSTEM, Actor, Posting
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.problems import NOT_ABOVE, NOT_RESPONSIBLE
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.receivers import Receivers
from mulian.modules.cases.domain.surroundings import Surroundings
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.next_action import above_posting, acting_posting
from mulian.modules.cases.queries.rules import rules


@dataclass
class Opened:
    """A case under lock with its receivers as they are now."""

    case: Case
    receivers: Receivers


def open_case(case: UUID, *, actor: Actor, permission: str, at: datetime) -> Opened:
    """The case, locked for this transaction. Raises `not_found` for what the actor may not know of."""
    flush()
    scope.require(actor, Permission.VIEW, kind="case", id=case, at=at)
    scope.require_any(actor, permission)
    rows = Case.unscoped.because("checked one line above").select_related("about_unit")
    found = rows.select_for_update(of=("self",)).filter(id=case).first()
    if found is None:
        raise Problem("not_found")
    return Opened(found, holding.receivers_of(case))


def around(case: Case, at: datetime, *, also: tuple[str, ...] = (), topic: str | None = None) -> Surroundings:
    """The ground for handing this case on; `also` are units in question."""
    return ground.around(
        rules=rules(),
        areas=(case.area_id,),
        topic=topic or None,
        at=at,
        accused=holding.accused_of(case),
        also=also,
    )


def require_hand(actor: Actor, opened: Opened) -> Posting | None:
    """The posting that makes the actor responsible or above. Raises `cases.not_responsible` (403)."""
    if opened.case.same_as_id:
        raise Problem(refusals.JOINED)
    if actor is SYSTEM:
        return None
    posting = acting_posting(actor, opened.case) or above_posting(actor, opened.case)
    if posting is None:
        raise Problem(NOT_RESPONSIBLE)
    return posting


def named(actor: Actor) -> UUID | None:
    """The person a row can name; Mulian itself is none."""
    return None if actor is SYSTEM else actor.person


def require_above(actor: Actor, opened: Opened) -> None:
    """Raises `cases.not_above` (403) for everybody who does not stand above the responsible one."""
    if actor is not SYSTEM and above_posting(actor, opened.case) is None:
        raise Problem(NOT_ABOVE)

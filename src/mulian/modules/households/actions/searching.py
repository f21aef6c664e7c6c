"""Finding one household from the county: two identifiers and a reason, at most ten hits, logged (G8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mulian.core.access import scope
from mulian.core.areas.codes import Level, at_level
from mulian.core.events.log import append
from mulian.core.search.index import match
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.domain.telephones import dialled
from mulian.modules.households.events import HouseholdsSearched
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, visible

MOST = 10
register(
    "households.two_identifiers",
    422,
    "Two things about the household are needed, and the reason.",
    "Fill in two of number, name, phone and village, and say why.",
)


@transaction.atomic
def find_households(
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    number: str = "",
    name: str = "",
    phone: str = "",
    village: str = "",
) -> Sequence[Household]:
    """At most ten households that fit everything given. Raises `households.two_identifiers`."""
    scope.require_any(actor, Permission.FIND)
    given = {"number": number, "name": name, "phone": phone, "village": village}
    terms = {key: value.strip() for key, value in given.items() if value.strip()}
    if "village" in terms and not _one_village(terms["village"]):
        del terms["village"]
    if len(terms) < 2 or not reason.strip():
        raise Problem("households.two_identifiers")
    areas = [terms["village"]] if "village" in terms else []
    rows = visible(actor, at, permission=Permission.FIND, areas_only=areas)
    rows = rows.filter(number=terms["number"]) if "number" in terms else rows
    rows = rows.filter(phone__in=dialled(terms["phone"])) if "phone" in terms else rows
    rows = rows.filter(id__in=match(KIND, terms["name"])) if "name" in terms else rows
    found = list(rows.order_by("number")[:MOST])
    searched = HouseholdsSearched(
        subject_id=actor.person,
        reason=reason.strip()[:200],
        found=[str(row.id) for row in found],
        terms=sorted(terms.values()),
    )
    append(searched, actor=actor, at=at, areas=areas)
    note_reading(households=[row.id for row in found], way=Way.FOUND, actor=actor, at=at, why=reason)
    return found


def _one_village(code: str) -> bool:
    """A county or a township tells nothing of a household, so it does not count as one of the two things."""
    try:
        return at_level(code, Level.VILLAGE) is not None
    except ValueError:
        return False

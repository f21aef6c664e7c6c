"""`/api/v1/households`: the register for programs, with the duties of a person and for a purpose that is kept.

Every answer is a reading the family may ask for (G9). There is no search and no list beyond one's own ledger (G8).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from ninja import Router
from pydantic import AwareDatetime

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import Whereabouts
from mulian.modules.households.queries.api_reads import Record, page, record

router = Router(tags=["households"])
register(
    "households.api_purpose",
    422,
    "The purpose is missing.",
    "Send the purpose: what these records are needed for. Families may read it.",
)


@router.get("/households")
def list_households(
    request: HttpRequest,
    purpose: str = "",
    area: str = "",
    limit: int = 50,
    cursor: str = "",
    since: AwareDatetime | None = None,
) -> JsonResponse:
    """Households of one's own ledger by number, at most 100 an answer. `cursor` is the `next` of the answer before.

    `since`: only those something was taken in about at that moment or later. Who left one's ledger is not told.
    """
    actor, at = _who(request, Permission.BROWSE)
    why = _why(purpose)
    found = page(actor, at, area=area.strip(), after=cursor, limit=limit, since=since)
    note_reading(households=[row.id for row in found.rows], way=Way.TABLE, actor=actor, at=at, why=why)
    items = [_brief(row, found.places[row.id]) for row in found.rows]
    return _json({"items": items, "next": found.next})


@router.get("/households/{id}")
def show(request: HttpRequest, id: UUID, purpose: str = "", care: bool = False) -> JsonResponse:
    """One household with members and what is true of it today.

    `care`: needs and what is sensitive too, for who helps the family.
    """
    actor, at = _who(request, Permission.VIEW)
    found = record(id, actor, at, care=care)
    if found is None:
        raise Problem("not_found")
    why = _why(purpose)
    note_reading(households=[id], way=Way.TABLE, actor=actor, at=at, why=why)
    return _json(_full(found))


def _full(found: Record) -> dict[str, Any]:
    return _brief(found.row, found.place) | {
        "phone": found.row.phone or None,
        "restricted": found.restricted,
        "members": [
            {
                "id": str(one.id),
                "name": one.name,
                "name_bo": one.name_bo or None,
                "birth_year": one.birth_year,
                "relation": one.relation,
            }
            for one in found.row.members.all()
        ],
        "facts": [
            {
                "item": one.code,
                "member": str(one.subject) if one.subject else None,
                "value": one.value,
                "as_of": one.as_of.isoformat(),
            }
            for one in found.facts
        ],
        "needs": found.needs,
    }


def _brief(row: Household, place: Whereabouts) -> dict[str, Any]:
    """Places as villages: where a family camps is asked inside a case only (G3)."""
    return {
        "id": str(row.id),
        "number": row.number,
        "name": row.name,
        "name_bo": row.name_bo or None,
        "registered": place.registered[:12] if place.registered else None,
        "residing": place.residing[:12] if place.residing else None,
        "rev": row.rev,
    }


def _who(request: HttpRequest, permission: str) -> tuple[Actor, datetime]:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Problem("login_needed")
    scope.require_any(actor, permission)
    moment: datetime = getattr(request, "at")  # noqa: B009
    return actor, moment


def _why(purpose: str) -> str:
    if not purpose.strip():
        raise Problem("households.api_purpose")
    return purpose


def _json(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})

"""Does again, in a database put back from a backup, what a family had done to its record after the backup was made."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.modules.households.actions.authority import locked
from mulian.modules.households.actions.closing import close_household
from mulian.modules.households.actions.erasing import erase
from mulian.modules.households.domain.requests import Extent, Kind, State
from mulian.modules.households.events import ConsentWithdrawn, RestrictionBegun, RestrictionLifted
from mulian.modules.households.models import Household, Need, Request, Restriction
from mulian.modules.households.queries import whereabouts
from mulian.modules.households.queries.requests import restricted

WHY = "what the family did to its record is done again after a restore"
CLOSED = "restored"
"""Reason in the log of a household closed again; the reason of then is gone with the later database."""


@transaction.atomic
def erase_again(subject: UUID, data: dict[str, Any], at: datetime) -> bool:
    """A record that was closed and deleted after the backup is closed and deleted; False where there is none."""
    row = Household.unscoped.because(WHY).filter(id=subject).first()
    if row is None:
        return False
    extent, member = Extent(data["extent"]), UUID(data["member"]) if data["member"] else None
    if extent == Extent.WHOLE and row.closed_at is None:
        close_household(household=subject, reason=CLOSED, actor=SYSTEM, at=at)
    held = locked(subject, closed_too=True)
    erase(held, extent, member, request=UUID(data["request"]), actor=SYSTEM, at=at)
    asked = Request.unscoped.because(WHY).filter(household=subject)
    asked.update(wanted="", words="")
    if extent == Extent.WHOLE:
        over = {"state": State.DONE, "decided_at": at, "next_at": None, "done": {"extent": extent.value}}
        asked.filter(state=State.OPEN).update(**over)
    return True


@transaction.atomic
def withdraw_again(subject: UUID, data: dict[str, Any], at: datetime) -> bool:
    """Needs whose consent was taken back are gone again."""
    needs = Need.unscoped.because(WHY).filter(household=subject, id__in=data["needs"])
    if not needs.exists():
        return False
    needs.delete()
    append(ConsentWithdrawn(subject_id=subject, needs=data["needs"]), actor=SYSTEM, at=at)
    return True


@transaction.atomic
def restrict_again(subject: UUID, data: dict[str, Any], at: datetime) -> bool:
    """The record is restricted again, under a request without words where the backup has none."""
    if not Household.unscoped.because(WHY).filter(id=subject).exists() or restricted([subject], at).exists():
        return False
    request = Request.unscoped.because(WHY).filter(id=data["request"]).first()
    place = whereabouts([subject], at)[subject]
    area = place.registered or place.residing
    if request is None and area is None:
        return False
    if request is None:
        request = _request(subject, UUID(data["request"]), str(area)[:12], at)
    Request.unscoped.because(WHY).filter(id=request.id).update(state=State.DONE, next_at=None, decided_at=at)
    Restriction.unscoped.create(household_id=subject, request=request, since=at)
    append(RestrictionBegun(subject_id=subject, request=data["request"]), actor=SYSTEM, at=at)
    return True


def _request(household: UUID, id: UUID, area: str, at: datetime) -> Request:
    return Request.unscoped.create(
        id=id, household_id=household, area_id=area,
        kind=Kind.RESTRICT, asked_by=household, known_by="", taken_by=SYSTEM.person, taken_at=at,
        near_at=at, due_at=at, over_at=at, state=State.DONE, decided_at=at, done={"restricted": 1},
    )  # fmt: skip


@transaction.atomic
def lift_again(subject: UUID, data: dict[str, Any], at: datetime) -> bool:
    """What was lifted after the backup is lifted."""
    held = Restriction.unscoped.because(WHY).filter(household=subject, until=None)
    if not held.update(until=at):
        return False
    append(RestrictionLifted(subject_id=subject, request=data["request"]), actor=SYSTEM, at=at)
    return True

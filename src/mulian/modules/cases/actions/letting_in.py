"""An officer looks at a report that was held back: it becomes a case, or is put aside with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.files.actions import detach
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.holding_back import HELD
from mulian.modules.cases.actions.knocking import Knock, take
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.events import HeldReportDecided
from mulian.modules.cases.models import Case, HeldReport
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules


@transaction.atomic
def take_in_held(*, held: UUID, actor: Actor, at: datetime) -> Case:
    """An officer finds it is a report: it becomes a case under the same id, and its clocks start now."""
    row = _waiting(held, actor, at)
    case = take(_said(row), at=at)
    _decide(row, HeldReport.State.TAKEN, "", actor, at)
    empty(row)
    return case


@transaction.atomic
def drop(*, held: UUID, reason: str, actor: Actor, at: datetime) -> HeldReport:
    """An officer finds it is none. Raises `cases.reason_needed`."""
    row = _waiting(held, actor, at)
    if not reason.strip():
        raise Problem(refusals.REASON_NEEDED)
    _decide(row, HeldReport.State.DROPPED, reason.strip()[:300], actor, at)
    return row


def _waiting(held: UUID, actor: Actor, at: datetime) -> HeldReport:
    scope.require(actor, Permission.DUTY, kind=HELD, id=held, at=at)
    scope.require_any(actor, Permission.DUTY)
    row = HeldReport.objects.select_for_update().filter(id=held, state=HeldReport.State.WAITING).first()
    if row is None:
        raise Problem("not_found")
    return row


def _decide(row: HeldReport, state: str, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.reason, row.decided_by_id, row.decided_at = state, reason, actor.person, at
    row.save()
    append(
        HeldReportDecided(subject_id=row.id, state=state, reason=reason), actor=actor, at=at,
        areas=[rules().county],
    )  # fmt: skip


def _said(row: HeldReport) -> Knock:
    spot = (
        Spot(lat=row.lat, lon=row.lon, accuracy=row.accuracy)
        if row.lat is not None and row.lon is not None
        else None
    )
    return Knock(
        id=row.id,
        language=row.language,
        text=row.text,
        voice=Voice(sha256=row.voice, seconds=row.voice_seconds) if row.voice else None,
        photos=tuple(row.photos),
        hazard=row.hazard,
        area=row.area,
        place=spot,
        reach=row.reach,
        about_area=row.about_area,
    )


def empty(row: HeldReport) -> None:
    """Takes what somebody said and may be found by out of a report that is decided; the decision stays."""
    detach(subject_kind=HELD, subject_id=row.id)
    row.text = row.reach = row.voice = row.about_area = ""
    row.lat = row.lon = None
    row.photos = []
    row.save()

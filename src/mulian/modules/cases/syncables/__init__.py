"""What phones send about cases, and what they hold of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from mulian.core.files.queries import Attached, attached_to
from mulian.core.sync.bodies import PhotoBody, PlaceBody, VoiceBody, photos_of
from mulian.core.sync.envelope import Envelope
from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import adding, feedback, reporting
from mulian.modules.cases.actions.contents import CARRIED
from mulian.modules.cases.actions.gathering import Spot, office
from mulian.modules.cases.actions.spreading import KIND
from mulian.modules.cases.domain.hazards import judge
from mulian.modules.cases.models import Case, Translation
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.translations import answers_of
from mulian.modules.cases.syncables.bodies import voice_of
from mulian.modules.cases.syncables.services import services_of

HELD = timedelta(days=90)
"""How long a closed case stays on phones."""
CHECKED = "ready"


class ReportBody(msgspec.Struct):
    """`cases.report`: anything of it may be missing but not all.

    `about_person` (an id) and `about_unit` (a code or an id) say whom it complains about; they never receive it.
    """

    text: str | None = None
    voice: VoiceBody | None = None
    photos: list[PhotoBody | str] = []
    place: PlaceBody | None = None
    household: UUID | None = None
    urgent: bool | None = None
    hazard: str | None = None
    about_person: UUID | None = None
    about_unit: str | None = None


class AddBody(msgspec.Struct):
    """`cases.add`: more words, a voice, photos for a case."""

    case: UUID
    text: str | None = None
    voice: VoiceBody | None = None
    photos: list[PhotoBody | str] = []


class FeedbackBody(msgspec.Struct):
    """`cases.feedback`: the family's word on the answer; without `solved` its voice says it."""

    case: UUID
    solved: bool | None = None
    stars: int | None = None
    text: str | None = None
    voice: VoiceBody | None = None


def apply_report(body: ReportBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Makes the case; its id is the command's."""
    spot = Spot(lat=body.place.lat, lon=body.place.lon, accuracy=body.place.accuracy) if body.place else None
    case = reporting.take_in(
        id=envelope.id,
        actor=envelope.actor,
        at=now,
        text=body.text or "",
        voice=voice_of(body.voice),
        photos=photos_of(body.photos),
        place=spot,
        household=body.household,
        urgent=bool(body.urgent),
        hazard=body.hazard or "",
        about_person=body.about_person,
        about_unit=office(body.about_unit) if body.about_unit else None,
        door="phone",
        received_at=envelope.received_at,
        written_at=envelope.at,
    )
    return {"case": str(case.id), "number": case.number}


def apply_add(body: AddBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Adds to a case the phone's person may see."""
    adding.add(
        case=body.case,
        actor=envelope.actor,
        at=now,
        text=body.text or "",
        voice=voice_of(body.voice),
        photos=photos_of(body.photos),
    )
    return {"case": str(body.case)}


def apply_feedback(body: FeedbackBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """The family's answer: content closes the case, a veto opens it again."""
    feedback.feedback(
        case=body.case,
        actor=envelope.actor,
        at=now,
        solved=body.solved,
        stars=body.stars,
        text=body.text or "",
        voice=voice_of(body.voice),
    )
    return {"case": str(body.case)}


def is_urgent(body: bytes) -> bool:
    """Whether to apply a report before others: by its button or its picture. Its words are judged when it is applied,
    and what cannot be read waits its turn.
    """
    try:
        report = msgspec.json.decode(body, type=ReportBody)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return judge(rules().hazards, flagged=bool(report.urgent), hazard=report.hazard or None).urgent


def visible_cases(actor: Actor, at: datetime) -> list[UUID]:
    """Cases of the phone's areas that are open, or closed not long ago."""
    rows = Case.objects.visible_to(actor, Permission.CARRY, at=at).exclude(closed_at__lt=at - HELD)
    return list(rows.values_list("id", flat=True))


def render_cases(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """The compact form phones hold, of those the actor may see; three queries for any number."""
    seen = Case.objects.visible_to(actor, Permission.CARRY, at=at, among=ids)
    rows = list(seen.select_related("same_as"))
    media = attached_to(subject_kind=KIND, subject_ids=[row.id for row in rows])
    served, meant = services_of(rows, actor.language), answers_of(rows)
    return {
        row.id: (
            row.rev,
            _compact(row, meant.get(row.id)) | _media(media.get(row.id, [])) | served.get(row.id, {}),
        )
        for row in rows
    }


def _compact(row: Case, meant: Translation | None) -> dict[str, Any]:
    """`due` is when the county owes its next step. A case joined to another shows how that one goes."""
    goes = row.same_as or row
    data: dict[str, Any] = {
        "number": row.number,
        "state": goes.state,
        "at": row.occurred_at.isoformat(timespec="seconds"),
        "steps": goes.steps,
    }
    optional = {
        "text": row.text,
        "urgent": row.urgent,
        "hazard": row.hazard,
        "household": str(row.household) if row.household else None,
        "topic": row.topic,
        "due": goes.next_due.isoformat(timespec="minutes") if goes.next_due else None,
        "answer": answer_of(row, meant),
        "rating": _rating(row),
    }
    return data | {key: value for key, value in optional.items() if value}


def _media(found: Iterable[Attached]) -> dict[str, list[dict[str, Any]]]:
    """Voices and photos by the name they were sent under; `state` only where they cannot be fetched (yet)."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        if name := CARRIED.get(each.role):
            lists.setdefault(name, []).append(_content(each))
    return lists


def _content(each: Attached) -> dict[str, Any]:
    data: dict[str, Any] = {"sha256": each.sent}
    if each.seconds:
        data["seconds"] = round(each.seconds, 1)
    return data if each.state == CHECKED else data | {"state": each.state}


def answer_of(row: Case, meant: Translation | None = None) -> dict[str, Any] | None:
    """The answer as phones read it, once there is one; `meant` is what an interpreter made of it."""
    if row.answered_at is None:
        return None
    voice = {"sha256": row.answer_voice, "seconds": row.answer_seconds} if row.answer_voice else None
    found: dict[str, Any] = {"at": row.answered_at.isoformat(timespec="seconds")}
    translation = {"text": meant.text, "language": meant.target} if meant else None
    more = {"text": row.answer_text, "voice": voice, "translation": translation}
    return found | {key: value for key, value in more.items() if value}


def _rating(row: Case) -> dict[str, Any] | None:
    return None if row.family_solved is None else {"solved": row.family_solved, "stars": row.stars}

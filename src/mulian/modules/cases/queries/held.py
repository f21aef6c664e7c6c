"""Reports of the public page that wait for an officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.access import scope
from mulian.core.areas.queries import place_names
from mulian.core.files.queries import Attached, attached_to
from mulian.kernel.actor import Actor
from mulian.modules.cases.models import HeldReport
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.offered import hazards_offered

KIND, SHOWN = "held", 100
WHY: Mapping[str, str] = {
    "address": _("Many reports came from one address"),
    "everybody": _("Very many reports came at once"),
    "trap": _("A field no person sees was filled in"),
    "haste": _("Sent faster than anybody can speak or write"),
}


@dataclass(frozen=True, kw_only=True)
class Held:
    """One report as it came, and the limit it met in words."""

    id: UUID
    why: str
    text: str
    hazard: str
    place: str
    reach: str
    complaint: bool
    received_at: datetime
    voices: list[Attached]
    photos: list[Attached]


def waiting(actor: Actor, at: datetime, language: str) -> list[Held]:
    """Oldest first, dangers before all others."""
    rows = HeldReport.objects.filter(state=HeldReport.State.WAITING).order_by("received_at", "id")
    seen = list(scope.visible(rows, kind=KIND, actor=actor, permission=Permission.DUTY, at=at)[:SHOWN])
    media = attached_to(subject_kind=KIND, subject_ids=[row.id for row in seen])
    places = place_names([row.area for row in seen if row.area], language)
    hazards = dict(hazards_offered(language))
    found = [
        Held(
            id=row.id, why=gettext(WHY[row.because]), text=row.text, hazard=hazards.get(row.hazard, ""),
            place=places.get(row.area, ""), reach=row.reach, complaint=bool(row.about_area),
            received_at=row.received_at, voices=_of(media.get(row.id, []), "report_voice"),
            photos=_of(media.get(row.id, []), "report_photo"),
        )
        for row in seen
    ]  # fmt: skip
    return sorted(found, key=lambda each: not each.hazard)


def _of(found: list[Attached], role: str) -> list[Attached]:
    return [each for each in found if each.role == role]


def count(actor: Actor, at: datetime) -> int:
    """How many wait."""
    rows = HeldReport.objects.filter(state=HeldReport.State.WAITING)
    return scope.visible(rows, kind=KIND, actor=actor, permission=Permission.DUTY, at=at).count()

"""What programs send: unknown members are left alone."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime

from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.actions.steps import SIMPLY
from mulian.modules.cases.domain.outcomes import Outcome, Plan


class VoiceIn(Schema):
    """A recording whose bytes are sent to /files."""

    sha256: str
    seconds: float | None = None
    mime: str = ""


class PhotoIn(Schema):
    """A photo whose bytes are sent to /files."""

    sha256: str


class PlaceIn(Schema):
    """Degrees, WGS84 unless said otherwise; accuracy in metres."""

    lat: float
    lon: float
    accuracy: float | None = None
    datum: str = "wgs84"


class ReportIn(Schema):
    """A new case. `area` is a place somebody chose; `on_behalf_of` who called; `about_*` whom it complains about."""

    id: UUID | None = None
    text: str | None = None
    voice: VoiceIn | None = None
    photos: list[PhotoIn | str] = []
    place: PlaceIn | None = None
    area: str | None = None
    household: UUID | None = None
    urgent: bool | None = None
    hazard: str | None = None
    on_behalf_of: str | None = None
    about_person: UUID | None = None
    about_unit: str | None = None


class PlanIn(Schema):
    """The register of what is not simply solved: `outcome` is relieved, project, long or elsewhere."""

    outcome: Literal["relieved", "project", "long", "elsewhere"]
    leader: UUID | None = None
    review_on: date | None = None
    contractor: str = ""
    fund: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    address: str = ""


class StepIn(Schema):
    """What comes with a step; which of it is needed depends on the step.

    `code` and `until` belong to a wait, `days` to more time and to supervision, `how` (call, visit, work) and
    `reached` to contact, `granted` to a decision. `units` are called in by a whistle; `unit` says for which office
    a part is answered by who works in several.
    """

    text: str | None = None
    voice: VoiceIn | None = None
    photos: list[PhotoIn | str] = []
    reason: str | None = None
    to: str | None = None
    code: str | None = None
    until: AwareDatetime | None = None
    days: int | None = None
    how: str | None = None
    reached: bool | None = None
    granted: bool | None = None
    units: list[str] = []
    today: bool = False
    unit: str | None = None
    into: UUID | None = None
    plan: PlanIn | None = None
    place: PlaceIn | None = None


def words(body: StepIn) -> str:
    return body.text or ""


def why(body: StepIn) -> str:
    return body.reason or body.text or ""


def voice_of(voice: VoiceIn | None) -> Voice | None:
    return Voice(sha256=voice.sha256, seconds=voice.seconds, mime=voice.mime) if voice else None


def photos_of(photos: list[PhotoIn | str]) -> tuple[str, ...]:
    return tuple(each if isinstance(each, str) else each.sha256 for each in photos)


def plan_of(plan: PlanIn | None) -> Plan:
    """What a step says becomes of the case; simply solved where it says nothing."""
    if plan is None:
        return SIMPLY
    return Plan(**{**plan.dict(), "outcome": Outcome(plan.outcome)})


def spot_of(place: PlaceIn | None) -> Spot | None:
    return Spot(lat=place.lat, lon=place.lon, accuracy=place.accuracy, datum=place.datum) if place else None

"""Reports of the public page that met a limit: kept as they came, and shown to an officer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from mulian.core.access import placing
from mulian.core.access.models import Placement, Posting
from mulian.core.events.log import append
from mulian.core.files.actions import attach
from mulian.core.notify.actions import tell
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.events import ReportHeld
from mulian.modules.cases.models import HeldReport
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules

if TYPE_CHECKING:
    from mulian.modules.cases.actions.knocking import Knock

HELD = "held"
TITLE = _("Reports of the public page are held back")
MOST = 2000
"""Reports that wait at once; beyond that nothing more is kept and the sender is told so."""
FULL = register(
    "public.full",
    503,
    "So much was sent that nothing more can be kept now. Your report was not taken in.",
    "Call the hotline, or send it again later.",
)


def hold(said: Knock, *, because: str, at: datetime) -> None:
    """Inside the caller's transaction. Raises `public.full`."""
    if HeldReport.objects.filter(state=HeldReport.State.WAITING).count() >= MOST:
        raise Problem(FULL)
    spot = said.place
    row = HeldReport.objects.create(
        id=said.id,
        because=because,
        text=said.text,
        voice=said.voice.sha256 if said.voice else "",
        voice_seconds=said.voice.seconds if said.voice else None,
        photos=list(said.photos),
        hazard=said.hazard,
        area=said.area,
        lat=spot.point().lat if spot else None,
        lon=spot.point().lon if spot else None,
        accuracy=spot.accuracy if spot else None,
        reach=said.reach[:120],
        about_area=said.about_area,
        language=said.language,
        received_at=at,
    )
    placing.place_new(
        kind=HELD, placed={row.id: [placing.Place(rules().county, Placement.As.HANDLING)]}, at=at
    )
    for role, names in (("report_voice", [row.voice] if row.voice else []), ("report_photo", row.photos)):
        if names:
            attach(
                sha256s=names, subject_kind=HELD, subject_id=row.id, role=role, at=at,
                permission=Permission.DUTY,
            )  # fmt: skip
    append(ReportHeld(subject_id=row.id, because=because), actor=SYSTEM, at=at, areas=[rules().county])
    _tell(row, at)


def _tell(row: HeldReport, at: datetime) -> None:
    """The county's duty officers, once an hour however many there are."""
    duty = Posting.objects.filter(role=Role.COUNTY_DUTY, valid_from__lte=at).exclude(valid_to__lte=at)
    tell(
        persons=duty.values_list("person", flat=True), kind="cases.held", params={}, title=TITLE,
        link="/duty/held/", subject_kind=HELD, subject_id=row.id, urgent=bool(row.hazard),
        key=f"held:{at.astimezone(CN):%Y%m%d%H}{row.hazard}", at=at,
    )  # fmt: skip

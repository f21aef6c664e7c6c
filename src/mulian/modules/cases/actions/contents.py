"""A voice or picture travels apart from its report: once it was looked at, the phones that hold the case learn it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.core.events.models import Event
from mulian.core.files.queries import subjects_of
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import spreading, writing
from mulian.modules.cases.events import ContentDecided
from mulian.modules.cases.models import Case

CARRIED = {"report_voice": "voices", "report_photo": "photos", "evidence": "proof"}
"""Role of a content → the list a phone finds it in: what was said, what was shown, what was done about it."""


def tell_content(event: Event, *, now: datetime) -> None:
    """Handler of `files.ready` and `files.refused`: a patch of the list the content stands in."""
    roles: dict[UUID, set[str]] = {}
    for subject, role in subjects_of(event.data["sha256"], kind=spreading.KIND):
        if name := CARRIED.get(role):
            roles.setdefault(subject, set()).add(name)
    rows = Case.unscoped.because("a handler acts for every case of the content").filter(id__in=roles)
    for case in rows.select_for_update().order_by("id"):
        decided = ContentDecided(subject_id=case.id, ready=event.name == "files.ready")
        writing.record(case, decided, actor=SYSTEM, at=now, fields=sorted(roles[case.id]))

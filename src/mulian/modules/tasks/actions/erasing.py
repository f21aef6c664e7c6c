"""What was said of a family on visits and in answers to tasks goes with its whole record (PIPL Article 47)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.events.chain import erase as erase_event
from mulian.core.events.chain import erase_about
from mulian.core.events.models import Event
from mulian.modules.tasks.models import Assignment, Visit

WHY = "the family's record was deleted"


@transaction.atomic
def erase_said(*, household: UUID) -> int:
    """Empties words, voices, photos and points; how many visits and answers that were.

    That somebody was there on a day, and that a task was answered, stays: it is the liaison's service.
    """
    visits = Visit.unscoped.because(WHY).filter(household=household)
    answers = Assignment.unscoped.because(WHY).filter(household=household)
    for id in visits.values_list("id", flat=True):
        erase_about("visit", id)
    for task, answered in answers.values_list("task", "answered_at"):
        for id in _told(task, answered) if answered else ():
            erase_event(id)
    said: dict[str, Any] = {"text": "", "voice": "", "voice_seconds": None, "photos": []}
    return visits.update(**said, lat=None, lon=None) + answers.update(**said, yes=None, number=None)


def _told(task: UUID, answered: datetime) -> list[UUID]:
    """The answer's event: of this task, written at this moment."""
    rows = Event.objects.filter(name="tasks.answered", subject_id=task, recorded_at=answered)
    return list(rows.values_list("id", flat=True))

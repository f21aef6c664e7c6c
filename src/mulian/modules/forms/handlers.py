"""Reactions to what happens to families."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.core.events.models import Event
from mulian.modules.forms.actions.erasing import erase_answers


def erase(event: Event, *, now: datetime) -> None:
    """A family's record was deleted, or that of one of it."""
    member = event.data["member"]
    erase_answers(household=event.subject_id, member=UUID(member) if member else None)

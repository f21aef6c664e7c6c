"""Voices of a family about an answer that wait for a listener."""

from __future__ import annotations

from uuid import UUID

from mulian.modules.cases.models import ListeningItem


def unheard(case: UUID) -> bool:
    """Whether one waits: until it is heard nothing is closed."""
    waiting = ListeningItem.objects.filter(case=case, about=ListeningItem.About.FEEDBACK)
    return waiting.exclude(state=ListeningItem.State.DONE).exists()

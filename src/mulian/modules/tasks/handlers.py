"""Reactions to liaisons who come and go and to families that move; the sweep over parts near or past due."""

from __future__ import annotations

from datetime import datetime

from mulian.core.events.models import Event
from mulian.modules.tasks.actions import following, visiting
from mulian.modules.tasks.actions.collecting import collect
from mulian.modules.tasks.actions.reminding import sweep

__all__ = ["collect", "follow_household", "follow_posting", "sweep"]


def follow_posting(event: Event, *, now: datetime) -> None:
    """A duty was opened or closed."""
    following.follow_posting(event, now=now)
    visiting.follow_posting(event, now=now)


def follow_household(event: Event, *, now: datetime) -> None:
    """A family was registered, moved or closed."""
    following.follow_household(event, now=now)
    visiting.follow_household(event, now=now)

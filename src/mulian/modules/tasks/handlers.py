"""Reactions to liaisons who come and go, to families that move or are erased; the sweep over parts near or past due."""

from __future__ import annotations

from datetime import datetime

from mulian.core.events.models import Event
from mulian.modules.tasks.actions import following, visiting
from mulian.modules.tasks.actions.collecting import collect
from mulian.modules.tasks.actions.erasing import erase_said
from mulian.modules.tasks.actions.reminding import sweep

__all__ = ["collect", "erase", "follow_household", "follow_posting", "sweep"]


def follow_posting(event: Event, *, now: datetime) -> None:
    """A duty was opened or closed."""
    following.follow_posting(event, now=now)
    visiting.follow_posting(event, now=now)


def follow_household(event: Event, *, now: datetime) -> None:
    """A family was registered, moved or closed."""
    following.follow_household(event, now=now)
    visiting.follow_household(event, now=now)


def erase(event: Event, *, now: datetime) -> None:
    """A family's whole record was deleted."""
    if event.data["extent"] == "whole":
        erase_said(household=event.subject_id)

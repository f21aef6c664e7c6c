"""Two reminders of a task not answered: near its due time, and when it is over. Each once."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum


class Fired(IntEnum):
    """How far the reminders of one person have come."""

    NONE = 0
    NEAR = 1
    OVERDUE = 2


def near_at(assigned: datetime, due: datetime, share: float) -> datetime:
    """When `share` of the time (0..1, the pack's `remind_at`) has passed."""
    return assigned + (due - assigned) * share


def step_due(fired: Fired, near: datetime, due: datetime, now: datetime) -> Fired | None:
    """The step to fire at `now`, or None. A sweep that slept past both fires the later one only."""
    if fired < Fired.OVERDUE and due <= now:
        return Fired.OVERDUE
    if fired < Fired.NEAR and near <= now:
        return Fired.NEAR
    return None


def next_look(fired: Fired, near: datetime, due: datetime) -> datetime | None:
    """When to look again; None when both reminders are out."""
    return {Fired.NONE: near, Fired.NEAR: due}.get(fired)

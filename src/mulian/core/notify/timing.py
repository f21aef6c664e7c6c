"""When an SMS may leave: at once when urgent, else with the next hour's digest, never in the county's quiet hours.
Pure rules.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mulian.kernel.clock import CN
from mulian.kernel.quiet import QuietHours

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
"""Waits between tries; after the last one the send is dead and shown."""


def sms_due(at: datetime, *, urgent: bool, quiet: QuietHours) -> datetime:
    """When the SMS of a notice made at `at` is due; an alarm knows no quiet hours.

    What can wait shares the next full hour with everything else for the same person, so a person gets at most
    one digest an hour.
    """
    if urgent:
        return at
    hour = at.astimezone(CN).replace(minute=0, second=0, microsecond=0)
    return quiet.tell_at(hour + timedelta(hours=1)).astimezone(at.tzinfo)


def next_try(now: datetime, attempts: int, *, urgent: bool, quiet: QuietHours) -> datetime | None:
    """When to try again after `attempts` failures; None when that was the last try."""
    if attempts > len(BACKOFF):
        return None
    later = now + BACKOFF[attempts - 1]
    return later if urgent else quiet.tell_at(later)

"""When an SMS may leave: at once when urgent, else with the next hour's digest, never at night. Pure
rules.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mulian.kernel.clock import CN

QUIET_FROM, QUIET_TO = time(22), time(7)
"""Nobody's phone rings at night for what can wait (DESIGN §3, ladder)."""
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
"""Waits between tries; after the last one the send is dead and shown."""


def sms_due(at: datetime, *, urgent: bool) -> datetime:
    """When the SMS of a notice made at `at` is due.

    What can wait shares the next full hour with everything else for the same person, so a person gets at most
    one digest an hour.
    """
    if urgent:
        return at
    hour = at.astimezone(CN).replace(minute=0, second=0, microsecond=0)
    return not_at_night(hour + timedelta(hours=1)).astimezone(at.tzinfo)


def not_at_night(moment: datetime) -> datetime:
    """The moment itself, or the next 07:00 of Asia/Shanghai when it falls in the quiet hours."""
    local = moment.astimezone(CN)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_TO, CN).astimezone(moment.tzinfo)


def next_try(now: datetime, attempts: int, *, urgent: bool) -> datetime | None:
    """When to try again after `attempts` failures; None when that was the last try."""
    if attempts > len(BACKOFF):
        return None
    later = now + BACKOFF[attempts - 1]
    return later if urgent else not_at_night(later)

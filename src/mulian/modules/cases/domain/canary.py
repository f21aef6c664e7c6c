"""The canary's promise, and when its silence means that the ladder stands still."""

from __future__ import annotations

from datetime import datetime, timedelta

from mulian.kernel.worktime import ROUND
from mulian.modules.cases.domain.promises import Amount, Policy, Promise, PromiseKind, Rule, promise

KIND = PromiseKind.CANARY
EVERY = timedelta(hours=1)
AMOUNT = Amount(minutes=45)
"""Overdue three quarters of an hour after it began, so that it has climbed before the next one begins."""
SILENT = timedelta(minutes=120)
"""An hour between two, 45 minutes until it is due, and a quarter of an hour for a busy worker."""
_POLICY = Policy(rules=(), calendars={ROUND.code: ROUND}, kept_as="canary")


def hatch(at: datetime) -> Promise:
    """The promise of one hour."""
    return promise(Rule(code="canary", kind=KIND, amount=AMOUNT), at=at, policy=_POLICY)


def stands_still(*, climbed: datetime | None, since: datetime | None, now: datetime) -> bool:
    """Whether no canary climbed for too long.

    `climbed`: when the last one did; `since`: from when on one could have (the installation's or the server's
    start, whichever is later), None when that is not known.
    """
    last = max((each for each in (climbed, since) if each), default=None)
    return last is not None and now - last > SILENT

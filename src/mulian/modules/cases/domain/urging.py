"""Urging (催办) is limited, so that it stays a word from above and never becomes noise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mulian.kernel.problems import Problem, register

URGED_LATELY = register(
    "cases.urged_lately",
    429,
    "This case was urged a short while ago.",
    "Wait a little, or supervise the case.",
)


@dataclass(frozen=True, kw_only=True)
class UrgingRules:
    """At least so long between two urgings of one case, whoever they come from."""

    every: timedelta = timedelta(hours=4)
    every_urgent: timedelta = timedelta(minutes=15)


def check_rate(rules: UrgingRules, *, last: datetime | None, at: datetime, urgent: bool) -> None:
    """Raises `cases.urged_lately`."""
    every = rules.every_urgent if urgent else rules.every
    if last is not None and at < last + every:
        raise Problem(URGED_LATELY)

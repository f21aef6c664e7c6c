"""Pauses: why the work may wait, how often, how long, and from when on somebody above has to agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mulian.kernel.problems import Problem, register

OTHER = "other"
"""The reason of a pause that names none of the pack's, only words."""
TOO_MANY = register(
    "cases.too_many_pauses",
    409,
    "This case has waited as often as the county allows.",
    "Work on, ask for more time, or pass the case up.",
)
TOO_LONG = register(
    "cases.pause_too_long",
    422,
    "The wait would be longer than the county allows for this reason.",
    "Choose an earlier day; the case can wait again later.",
)
UNKNOWN_REASON = register(
    "cases.unknown_pause_reason", 422, "There is no such reason to wait.", "Choose a reason from the list."
)
BACKWARDS = register(
    "cases.pause_in_the_past", 422, "The wait would end before it begins.", "Choose a later day."
)
NOTHING_ASKED = register(
    "cases.no_longer_pause_asked",
    409,
    "Nobody asks for a longer wait here.",
    "Load the case again; what waits for a decision is shown there.",
)


@dataclass(frozen=True, kw_only=True)
class PauseReason:
    """A reason of the pack; `longest` overrides the usual limit."""

    code: str
    name: Mapping[str, str]
    longest: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class PauseRules:
    """`most` pauses a case; up to `alone` nobody is asked; never longer than `longest`."""

    reasons: tuple[PauseReason, ...] = ()
    most: int = 3
    alone: timedelta = timedelta(days=3)
    longest: timedelta = timedelta(days=30)

    def reason(self, code: str) -> PauseReason | None:
        return next((each for each in self.reasons if each.code == code), None)


@dataclass(frozen=True, kw_only=True)
class Span:
    """When the pause ends by itself, and until when it would last if somebody above agrees (None: no need)."""

    ends_by: datetime
    asked_until: datetime | None


def span(rules: PauseRules, *, reason: str, at: datetime, until: datetime | None, used: int) -> Span:
    """How long a pause that begins at `at` may last. Raises the Problem that says why it may not.

    A longer wait begins at once for as long as nobody needs to be asked, and goes on when it is approved: no
    work is held up by a missing signature, and no clock is stopped for long by one person alone.
    """
    found = rules.reason(reason)
    if found is None and reason != OTHER:
        raise Problem(UNKNOWN_REASON)
    if used >= rules.most:
        raise Problem(TOO_MANY, most=rules.most)
    longest = (found.longest if found else None) or rules.longest
    alone = at + min(rules.alone, longest)
    wanted = until or alone
    if wanted <= at:
        raise Problem(BACKWARDS)
    if wanted > at + longest:
        raise Problem(TOO_LONG, days=longest.days)
    return Span(ends_by=min(wanted, alone), asked_until=wanted if wanted > alone else None)

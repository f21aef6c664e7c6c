"""A campaign: a sweep of an area for a while, and the bank of problems it found. Its sums always add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.outcomes import Outcome
from mulian.modules.cases.domain.states import OPEN, State
from mulian.modules.cases.domain.topics import Kind, Topics

LONGEST = timedelta(days=366)
OTHER = ""
"""The class of what none of the campaign's topics holds."""


class Stand(StrEnum):
    """How a problem of the bank stands; each is in exactly one. `out`: withdrawn, a test, or joined to another."""

    OPEN = "open"
    SOLVED = "solved"
    RELIEVED = "relieved"
    PROJECT = "project"
    LONG = "long"
    ELSEWHERE = "elsewhere"
    OUT = "out"


class How(StrEnum):
    """Reported for the campaign, or taken over from cases that were there."""

    FOUND = "found"
    ADOPTED = "adopted"


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Numbers of one class, or of all: `stands` names every stand and adds up to `found`; `late`: open past its day."""

    found: int = 0
    late: int = 0
    stands: dict[Stand, int] = field(default_factory=lambda: dict.fromkeys(Stand, 0))


def stand(*, state: str, outcome: str, kind: str, joined: bool, done: bool) -> Stand:
    """Where a problem counts. `done`: what its register planned has been done, which is solved."""
    if joined or kind in (Kind.TEST, Kind.CANCELLED):
        return Stand.OUT
    if State(state) in OPEN - {State.SOLVED, State.ANSWERED}:
        return Stand.OPEN
    if done or not outcome or outcome == Outcome.SOLVED:
        return Stand.SOLVED
    return Stand(outcome)


def total(problems: Iterable[tuple[Stand, bool]]) -> Sum:
    """Of (stand, past its day)."""
    found = list(problems)
    numbers = Counter(each for each, _ in found)
    late = sum(late and each is Stand.OPEN for each, late in found)
    return Sum(found=len(found), late=late, stands={each: numbers[each] for each in Stand})


def matter(topic: str, classes: Sequence[str], topics: Topics) -> str:
    """The campaign's class of a topic: the nearest of its classes above it; `OTHER` where none is."""
    return next((code for code in topics.ancestors(topic) if code in classes), OTHER)


def check_begun(*, classes: Sequence[str], topics: Topics, starts: date, ends: date, today: date) -> None:
    """Raises `cases.campaign_days` for days in the wrong order, over or too far apart; `cases.unknown_topic`."""
    if not (starts <= ends and today <= ends <= starts + LONGEST):
        raise Problem(refusals.CAMPAIGN_DAYS)
    if not classes or any(code not in topics.by_code for code in classes):
        raise Problem(refusals.CAMPAIGN_CLASSES)


def check_target(target: date, today: date) -> None:
    """A day to come, within a year. Raises `cases.campaign_target`."""
    if not today <= target <= today + LONGEST:
        raise Problem(refusals.CAMPAIGN_TARGET)

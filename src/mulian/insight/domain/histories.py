"""What became of one case up to a moment, read off its stretches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from mulian.insight.domain.stretches import REOPENED, Stretch

UNTAKEN = frozenset({"reported", "returned"})
OVER = frozenset({"solved", "answered", "closed"})
ANSWERED = frozenset({"answered", "closed"})
NOT_COUNTED = frozenset({"test", "cancelled", "thanks"})
"""Kinds that owe nobody a solution."""
RETURNED = "cases.returned"
HANDED_ON = frozenset({"cases.passed_up", "cases.transferred", "cases.disputed", "cases.assigned"})
LOWEST = "village"
SOLVED = "solved"
OPEN = "open"
OTHER = "other"


@dataclass(frozen=True)
class History:
    """Stretches of one case that began before a moment, oldest first; `at` is that moment."""

    stretches: Sequence[Stretch]
    at: datetime

    @property
    def case(self) -> UUID:
        return self.last.case

    @property
    def last(self) -> Stretch:
        return self.stretches[-1]

    @property
    def counts(self) -> bool:
        """Not a test, withdrawn, thanks, a complaint (few, about few), nor joined to another that counts instead."""
        now = self.last.standing
        return not (now.complaint or now.joined or now.kind in NOT_COUNTED)

    @cached_property
    def outcome(self) -> str:
        """`open`, or what it ended as; what was planned and is done counts as solved."""
        now = self.last.standing
        if now.state not in OVER:
            return OPEN
        if now.outcome == SOLVED or now.done:
            return SOLVED
        return now.outcome or OTHER

    @property
    def solved(self) -> bool:
        """Solved, and it has stayed so."""
        return self.outcome == SOLVED

    @cached_property
    def solved_once(self) -> bool:
        """Somebody said it was solved, whatever the family said afterwards."""
        return any(_solved(each) for each in self.stretches)

    @property
    def at_lowest(self) -> bool:
        return self.solved and self.last.standing.level == LOWEST

    @cached_property
    def taken_back(self) -> bool:
        """The family said no to what was called solved."""
        return any(each.began == REOPENED and each.because == "family" for each in self.stretches)

    @property
    def unproven(self) -> bool:
        """It stands as solved on words alone: no photo, no voice."""
        return self.solved and self.last.standing.proof == "said"

    @property
    def false(self) -> bool:
        return self.taken_back or self.unproven

    @cached_property
    def overdue(self) -> bool:
        """A promise to the family ran out before it was kept, in anybody's hands."""
        return any(each.standing.overdue for each in self.stretches)

    def times(self, start: datetime | None = None) -> dict[str, timedelta]:
        """How long until it was taken, the family reached, solved and answered, from `start` (else: received).

        The first time counts: a case opened again does not get a second, shorter one.
        """
        begin = start or self.stretches[0].received
        found = {name: self._first(test, begin) for name, test in _MOMENTS.items()}
        return {name: at - begin for name, at in found.items() if at is not None}

    def _first(self, test: Callable[[Stretch], bool], begin: datetime) -> datetime | None:
        return next((each.since for each in self.stretches if each.since >= begin and test(each)), None)

    def waited(self) -> timedelta | None:
        """How long the family waited for the answer since it spoke, the way without network included."""
        first = self._first(_MOMENTS["answer"], self.stretches[0].received)
        return first - self.stretches[0].spoken if first else None

    def came_to(self) -> datetime:
        """Since when it has been in the hands it is in."""
        unit = self.last.standing.unit
        run = list(self.stretches)
        while len(run) > 1 and run[-2].standing.unit == unit:
            run.pop()
        return run[-1].since


def _solved(each: Stretch) -> bool:
    """Solved itself, or what was planned instead is done."""
    now = each.standing
    return now.state in OVER and (now.outcome == SOLVED or now.done)


_MOMENTS: dict[str, Callable[[Stretch], bool]] = {
    "take": lambda each: each.standing.state not in UNTAKEN,
    "contact": lambda each: each.standing.contacted,
    "solve": lambda each: _solved(each) and each.standing.proof != "",
    "answer": lambda each: each.standing.state in ANSWERED and each.standing.proof != "",
}


def until(stretches: Iterable[Stretch], at: datetime) -> History | None:
    """The history as it was known at a moment; None where nothing was."""
    known = [each for each in stretches if each.since < at]
    return History(known, at) if known else None

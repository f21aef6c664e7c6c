"""The family's word on an answer: it closes the case, or opens it again. Silence closes after seven days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.states import State, Verb

QUIET_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """Whether it is solved for the family (None: their voice says it, a listener is to hear), and one to five stars."""

    solved: bool | None
    stars: int | None = None

    def __post_init__(self) -> None:
        if self.stars is not None and not 1 <= self.stars <= 5:
            raise Problem(refusals.BAD_RATING)


def consequence(feedback: Feedback, state: State, *, unheard: bool = False) -> Verb | None:
    """What follows by itself: content closes an answered case, a veto reopens; else it is only recorded.

    Nothing is closed over a voice nobody has heard (`unheard`); a veto never waits.
    """
    if feedback.solved is None:
        return None
    if feedback.solved:
        return Verb.CLOSE if state is State.ANSWERED and not unheard else None
    return Verb.REOPEN if state in (State.SOLVED, State.ANSWERED, State.CLOSED) else None


def closes_at(answered_at: datetime, quiet_days: int = QUIET_DAYS) -> datetime:
    """When an answered case closes without a word from the family."""
    return answered_at + timedelta(days=quiet_days)


def falls_quiet(state: State, answered_at: datetime | None, now: datetime) -> bool:
    """Whether the sweep should close it now."""
    return state is State.ANSWERED and answered_at is not None and now >= closes_at(answered_at)

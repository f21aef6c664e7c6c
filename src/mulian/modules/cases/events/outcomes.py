"""Facts about what became of a case that was not simply solved."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.modules.cases.events.case import AboutCase


@dataclass(frozen=True, kw_only=True)
class OutcomeEntered(AboutCase):
    """It stands in the register of its outcome; `person` is the leader in charge."""

    name = "cases.outcome_entered"
    outcome: str
    person: str
    review_on: str


@dataclass(frozen=True, kw_only=True)
class OutcomeReviewed(AboutCase):
    """Somebody looked at the entry: done, or to be looked at again."""

    name = "cases.outcome_reviewed"
    personal = frozenset({"text"})
    done: bool
    review_on: str | None
    text: str


@dataclass(frozen=True, kw_only=True)
class OutcomeReviewDue(AboutCase):
    """The day has come to look at the entry again."""

    name = "cases.outcome_review_due"
    review_on: str

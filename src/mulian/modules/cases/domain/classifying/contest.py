"""Whether a newly learnt model takes the place of what sorts now: both answer the same cases, learnt by neither."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mulian.modules.cases.domain.classifying.measuring import Figures

ENOUGH_TO_LEARN = 200
"""Confirmed cases to learn from before a model is made at all."""
ENOUGH_TO_JUDGE = 50
"""Confirmed cases held out before anything may be replaced."""
MARGIN = 0.01
"""How much better in macro F1 the new one must be: a change nobody notices is no reason to change."""
SLACK = 0.01
"""How much less precise what it sends by itself may be than what went before, chance included."""
NEW_CASES = 20
"""Newly confirmed cases before learning again is worth a night."""


class Reason(StrEnum):
    """Why it was taken or refused."""

    BETTER = "better"
    FIRST = "first"
    TOO_FEW = "too_few"
    NOT_BETTER = "not_better"
    LESS_PRECISE = "less_precise"


@dataclass(frozen=True)
class Verdict:
    """Whether the new one is used from now on, and why."""

    adopt: bool
    reason: Reason


def decide(new: Figures, now: Figures, *, first: bool) -> Verdict:
    """`now` are the figures of what sorts at present (for the `first` model: the pack's words)."""
    if new.rows < ENOUGH_TO_JUDGE:
        return Verdict(adopt=False, reason=Reason.TOO_FEW)
    if new.macro_f1 < now.macro_f1 + MARGIN:
        return Verdict(adopt=False, reason=Reason.NOT_BETTER)
    if new.sent_right is not None and not first and new.sent_right < (now.sent_right or 0.0) - SLACK:
        return Verdict(adopt=False, reason=Reason.LESS_PRECISE)
    return Verdict(adopt=True, reason=Reason.FIRST if first else Reason.BETTER)


def worth_learning(confirmed: int, learnt_before: int) -> bool:
    """Whether there are enough cases, and enough new ones since the last time."""
    return confirmed >= ENOUGH_TO_LEARN and confirmed - learnt_before >= NEW_CASES

"""Supervision (督办): a leader demands, with a day; the responsible one replies; the leader accepts or demands again.

Its clock is its own: it neither stops nor moves the promises to the family.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mulian.kernel.problems import Problem, register

ALREADY = register(
    "cases.supervised_already",
    409,
    "This case is supervised and the reply is still awaited.",
    "Wait for the reply, then accept it or demand again.",
)
NOT_SUPERVISED = register(
    "cases.not_supervised",
    409,
    "Nothing of this kind is open in the supervision of this case.",
    "Load the case again; what is possible is shown there.",
)
BAD_TIME = register(
    "cases.bad_supervision_time",
    422,
    "A demand has a day by which it is answered, from one to sixty days away.",
    "Choose from one to sixty days.",
)
LONGEST_DAYS = 60


class Stage(StrEnum):
    """Where a supervision stands. Ended: the case was closed before the reply was accepted."""

    DEMANDED = "demanded"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    ENDED = "ended"


OPEN = frozenset({Stage.DEMANDED, Stage.REPLIED})


@dataclass(frozen=True, kw_only=True)
class SupervisionRules:
    """How long a demand gives when the leader names no day, and by which clock."""

    days: int = 3
    clock: str = "round"


def check_demand(stage: Stage | None, days: int) -> None:
    """Whether a (further) demand is possible. Raises `cases.supervised_already`, `cases.bad_supervision_time`."""
    if stage is Stage.DEMANDED:
        raise Problem(ALREADY)
    if not 1 <= days <= LONGEST_DAYS:
        raise Problem(BAD_TIME)


def check_stage(stage: Stage | None, wanted: Stage) -> None:
    """Raises `cases.not_supervised` when the supervision does not stand there."""
    if stage is not wanted:
        raise Problem(NOT_SUPERVISED)

"""What came after a period was counted: its figures stay, and this is said beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mulian.insight.domain.histories import History


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """Cases of the period, each in as many lines as it fits. `left`: withdrawn, joined to another, or now elsewhere."""

    solved: int = 0
    opened_again: int = 0
    moved: int = 0
    left: int = 0
    came: int = 0

    def __bool__(self) -> bool:
        return any((self.solved, self.opened_again, self.moved, self.left, self.came))


def afterwards(pairs: Iterable[tuple[History, History, bool, bool]]) -> Afterwards:
    """Of (as counted, as known now, counted then, counts now)."""
    found = list(pairs)
    both = [(then, now) for then, now, was, does in found if was and does]
    return Afterwards(
        solved=sum(now.solved and not then.solved for then, now in both),
        opened_again=sum(then.solved_once and _again(then, now) for then, now in both),
        moved=sum(then.last.standing.unit != now.last.standing.unit for then, now in both),
        left=sum(was and not does for _, _, was, does in found),
        came=sum(does and not was for _, _, was, does in found),
    )


def _again(then: History, now: History) -> bool:
    return any(each.began == "cases.reopened" for each in now.stretches[len(then.stretches) :])

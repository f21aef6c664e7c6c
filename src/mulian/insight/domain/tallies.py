"""Figures of a set of cases, and their tables by area, topic, unit and outcome. Counts add up in every table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from mulian.insight.domain.histories import HANDED_ON, RETURNED, History
from mulian.insight.domain.stretches import Stretch

FEW = 20
"""Below so many cases nothing is ranked: one case more or less would move it."""
TIMES = ("take", "contact", "solve", "answer")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Middle:
    """How long it took: the median, and what nine of ten stayed within; `of` so many cases where it happened."""

    of: int
    median: timedelta
    p90: timedelta


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Figures of some cases. `outcomes` adds up to `cases`. `handed_on`: passed up, transferred or disputed.

    Shares are of `cases`, `lowest` of those solved; None where there is nothing to have a share of.
    """

    cases: int = 0
    solved_once: int = 0
    solved: int = 0
    lowest: int = 0
    taken_back: int = 0
    unproven: int = 0
    false: int = 0
    overdue: int = 0
    returns: int = 0
    handed_on: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    times: Mapping[str, Middle] = field(default_factory=dict)
    waited: Middle | None = None

    @property
    def few(self) -> bool:
        return self.cases < FEW

    def share(self, name: str) -> float | None:
        of = self.solved if name == "lowest" else self.cases
        return getattr(self, name) / of if of else None


def middle(spans: Iterable[timedelta]) -> Middle | None:
    """Median and p90 by nearest rank, so that both are times that happened; None of nothing."""
    found = sorted(spans)
    if not found:
        return None
    return Middle(of=len(found), median=_rank(found, 50), p90=_rank(found, 90))


def _rank(found: Sequence[timedelta], percent: int) -> timedelta:
    return found[max(0, -(-len(found) * percent // 100) - 1)]


def tally(histories: Iterable[History], *, own_hands: bool = False) -> Tally:
    """The figures. `own_hands`: times count since the case came to whoever has it now, not since it was received."""
    cases = list(histories)
    times: defaultdict[str, list[timedelta]] = defaultdict(list)
    for each in cases:
        for name, took in each.times(each.came_to() if own_hands else None).items():
            times[name].append(took)
    middles = {name: middle(times[name]) for name in TIMES}
    return Tally(
        cases=len(cases),
        **_sums(cases),
        returns=sum(s.ended == RETURNED for each in cases for s in _ended(each)),
        handed_on=sum(s.ended in HANDED_ON for each in cases for s in _ended(each)),
        outcomes=dict(sorted(Counter(each.outcome for each in cases).items())),
        times={name: found for name, found in middles.items() if found},
        waited=middle(span for each in cases if (span := each.waited()) is not None),
    )


_COUNTED = ("solved_once", "solved", "at_lowest", "taken_back", "unproven", "false", "overdue")


def _sums(cases: Sequence[History]) -> dict[str, int]:
    found = {name: sum(bool(getattr(each, name)) for each in cases) for name in _COUNTED}
    found["lowest"] = found.pop("at_lowest")
    return found


def _ended(history: History) -> Iterable[Stretch]:
    """Its stretches that were over by then."""
    return (s for s in history.stretches if s.until is not None and s.until < history.at)


def by(histories: Iterable[History], key: Callable[[History], K]) -> dict[K, list[History]]:
    """The same cases in parts that do not overlap."""
    parts: defaultdict[K, list[History]] = defaultdict(list)
    for each in histories:
        parts[key(each)].append(each)
    return dict(parts)


@dataclass(frozen=True, kw_only=True)
class Office:
    """A unit's line. `rank` among units of its level, by what stayed solved; None with few cases."""

    unit: UUID | None
    level: str
    figures: Tally
    rank: int | None = None


def offices(histories: Iterable[History]) -> list[Office]:
    """A line for every unit that has, or handed on, one of the cases: by level, ranked ones first.

    A case counts with the unit it is with now, and its returns and hand-overs with the unit that made them: who
    gets rid of a case gets rid of neither.
    """
    cases = list(histories)
    held = by(cases, lambda each: (each.last.standing.unit, each.last.standing.level))
    gone, back = _passed(cases, HANDED_ON), _passed(cases, frozenset({RETURNED}))
    late = _late(cases)
    lines = []
    for unit, level in sorted(held.keys() | gone.keys() | back.keys(), key=_order):
        own = tally(held.get((unit, level), []), own_hands=True)
        own = _with(own, gone[unit, level], back[unit, level], late[unit, level])
        lines.append(Office(unit=unit, level=level, figures=own))
    return _ranked(lines)


def _order(key: tuple[UUID | None, str]) -> tuple[int, str]:
    level = ("village", "township", "department", "county", "leader")
    return (level.index(key[1]) if key[1] in level else len(level), str(key[0]))


def _passed(cases: Iterable[History], how: frozenset[str]) -> Counter[tuple[UUID | None, str]]:
    ended = (s for each in cases for s in each.stretches if s.until and s.until < each.at and s.ended in how)
    return Counter((s.standing.unit, s.standing.level) for s in ended)


def _late(cases: Iterable[History]) -> Counter[tuple[UUID | None, str]]:
    """Of the cases each has now, those that ran out in its own hands."""
    found: Counter[tuple[UUID | None, str]] = Counter()
    for each in cases:
        last = each.last.standing
        since = each.came_to()
        found[last.unit, last.level] += any(s.standing.overdue for s in each.stretches if s.since >= since)
    return found


def _with(figures: Tally, gone: int, back: int, late: int) -> Tally:
    return replace(figures, handed_on=gone, returns=back, overdue=late)


def _ranked(lines: Sequence[Office]) -> list[Office]:
    found: list[Office] = []
    for level in dict.fromkeys(each.level for each in lines):
        mine = [each for each in lines if each.level == level]
        worth = sorted(
            (e for e in mine if not e.figures.few), key=lambda e: -(e.figures.share("solved") or 0.0)
        )
        places = _places(worth)
        found += [replace(each, rank=rank) for each, rank in zip(worth, places, strict=True)]
        found += sorted((e for e in mine if e.figures.few), key=lambda e: -e.figures.cases)
    return found


def _places(sorted_lines: Sequence[Office]) -> list[int]:
    """Equal shares have equal places: 1, 1, 3."""
    shares = [each.figures.share("solved") for each in sorted_lines]
    return [shares.index(each) + 1 for each in shares]

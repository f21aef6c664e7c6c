"""How long voices waited to be heard: median and ninth tenth, those still waiting counted with the time so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, order=True)
class Wait:
    """Minutes from received to written down; of one still unheard, the minutes so far."""

    minutes: float
    unheard: bool = False


@dataclass(frozen=True)
class Rank:
    """A percentile. `at_least`: a voice at or below it is still unheard, so the true figure can only be longer."""

    minutes: float
    at_least: bool


@dataclass(frozen=True)
class Spread:
    """What a day's voices waited. Leaving a hard voice unheard makes the figures worse, never better."""

    voices: int
    unheard: int
    median: Rank | None
    p90: Rank | None


def spread(waits: Iterable[Wait]) -> Spread:
    """Nearest rank: each figure is a wait that happened."""
    found = sorted(waits)
    return Spread(
        voices=len(found),
        unheard=sum(each.unheard for each in found),
        median=_rank(found, 0.5),
        p90=_rank(found, 0.9),
    )


def _rank(found: Sequence[Wait], share: float) -> Rank | None:
    if not found:
        return None
    upto = found[: ceil(share * len(found))]
    return Rank(upto[-1].minutes, any(each.unheard for each in upto))

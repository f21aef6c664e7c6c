"""How many households one liaison serves: a range of the pack that warns and never refuses a family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Load(StrEnum):
    """How a liaison's number of households lies to the pack's range."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True)
class Range:
    """From `least` to `most` households, both included (Gande 5 to 12)."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError("a liaison serves from least to most households")

    def load(self, households: int) -> Load:
        """Where a number of households lies."""
        if households < self.least:
            return Load.BELOW
        return Load.WITHIN if households <= self.most else Load.ABOVE


@dataclass(frozen=True)
class HandOver:
    """Households that go from one liaison to another on a day."""

    giver: UUID
    taker: UUID
    households: tuple[UUID, ...]


def propose(
    households: Iterable[UUID], *, giver: UUID, loads: Mapping[UUID, int], near: Iterable[UUID], limit: Range
) -> list[HandOver]:
    """Who could take over the households of a liaison who leaves: near neighbours in order, up to the range.

    What nobody has room for goes to the neighbour with the lowest load and is warned about, never left without a
    liaison. Without neighbours there is no proposal.
    """
    takers = [each for each in dict.fromkeys(near) if each != giver]
    counts = {taker: loads.get(taker, 0) for taker in takers}
    given: dict[UUID, list[UUID]] = {taker: [] for taker in takers}
    for household in households if takers else ():
        room = [taker for taker in takers if counts[taker] < limit.most]
        taker = room[0] if room else min(takers, key=lambda each: counts[each])
        counts[taker] += 1
        given[taker].append(household)
    return [HandOver(giver, taker, tuple(each)) for taker, each in given.items() if each]

"""How many households one liaison serves: a range of the pack that warns and never refuses a family."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Load(StrEnum):
    """How a grid area's households lie to the pack's range; everything but `fits` is a warning."""

    FITS = "fits"
    FEW = "few"
    MANY = "many"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Range:
    """Households one liaison serves, from `low` to `high`, both included (Gande 5 to 12)."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError("a liaison serves from low to high households")


def judge(*, households: int, liaisons: int, range: Range) -> Load:
    """The load of a grid area; several liaisons share it. Households without any liaison are the worst case."""
    if not liaisons:
        return Load.NOBODY if households else Load.FITS
    if households > range.high * liaisons:
        return Load.MANY
    return Load.FEW if households < range.low * liaisons else Load.FITS

"""Where a household counts, from when to when: registered, residing, in a camp.

Periods are half-open, so a move at noon ends one place and begins the other at the same instant. A household is in
at most one place of each kind at a time; registered and residing may differ (dual management).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mulian.kernel.periods import Period


class As(StrEnum):
    """As what an area counts for a household."""

    REGISTERED = "registered"
    RESIDING = "residing"
    CAMP = "camp"


@dataclass(frozen=True, kw_only=True)
class Stay:
    """One placement: an area code, as what, and when."""

    area: str
    as_: As
    period: Period


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a household was at one moment; None where nothing is known."""

    registered: str | None = None
    residing: str | None = None
    camp: str | None = None

    @property
    def best(self) -> str | None:
        """The best-known place: the camp, else where it resides, else where it is registered."""
        return self.camp or self.residing or self.registered


def where(stays: Iterable[Stay], at: datetime) -> Whereabouts:
    """The whereabouts at a moment; of two stays that overlap by mistake the later start wins."""
    found: dict[As, Stay] = {}
    for stay in stays:
        held = found.get(stay.as_)
        if stay.period.holds(at) and (held is None or stay.period.start > held.period.start):
            found[stay.as_] = stay
    return Whereabouts(**{each.as_.value: each.area for each in found.values()})


def move(stays: Iterable[Stay], *, as_: As, area: str | None, at: datetime) -> tuple[Stay, ...]:
    """The stays after a move `at`: the one held then ends, the new one lasts until the next known, if any.

    A move reported late is put where it belongs: what happened after it stays. Leaving a camp is a move to None.
    """
    kept = [stay for stay in stays if stay.as_ is not as_]
    same = sorted((stay for stay in stays if stay.as_ is as_), key=lambda stay: stay.period.start)
    later = [stay for stay in same if stay.period.start > at]
    before = [_ended(stay, at) for stay in same if stay.period.start < at]
    fresh = [Stay(area=area, as_=as_, period=Period(at, _end(later)))] if area else []
    return (*kept, *before, *fresh, *later)


def _ended(stay: Stay, at: datetime) -> Stay:
    return replace(stay, period=stay.period.closed(at)) if stay.period.holds(at) else stay


def _end(later: list[Stay]) -> datetime | None:
    return later[0].period.start if later else None

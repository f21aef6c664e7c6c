"""What one household adds to the counts of its area, day by day: one household, its people, its herd, its needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """Something that holds on the days [since, until); without an end it still holds."""

    since: date
    until: date | None
    amount: int = 1

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Lived:
    """An area in which the household counted on the days [since, until)."""

    area: str
    span: Span


@dataclass(frozen=True)
class Presence:
    """The same area, people, herd and needs on all days [since, until)."""

    area: str
    since: date
    until: date | None
    people: int
    herd: int
    needs: int


def presences(
    lived: Sequence[Lived],
    served: Sequence[Span],
    people: Sequence[Span],
    herd: Sequence[Span],
    needs: Sequence[Span],
) -> list[Presence]:
    """The household's history in as few pieces as tell it; nothing where it counted nowhere or was not served."""
    found: list[Presence] = []
    days = _edges([one.span for one in lived], served, people, herd, needs)
    for since, until in zip(days, [*days[1:], None], strict=True):
        area = next((one.area for one in lived if one.span.holds(since)), None)
        if area is None or not _sum(served, since):
            continue
        now = Presence(area, since, until, _sum(people, since), _sum(herd, since), _sum(needs, since))
        if found and _alike(found[-1], now):
            now = Presence(area, found.pop().since, until, now.people, now.herd, now.needs)
        found.append(now)
    return found


def _edges(*spans: Iterable[Span]) -> list[date]:
    days = {day for each in spans for span in each for day in (span.since, span.until) if day is not None}
    return sorted(days)


def _sum(spans: Iterable[Span], day: date) -> int:
    return sum(span.amount for span in spans if span.holds(day))


def _alike(before: Presence, now: Presence) -> bool:
    return before.until == now.since and (before.area, before.people, before.herd, before.needs) == (
        now.area,
        now.people,
        now.herd,
        now.needs,
    )

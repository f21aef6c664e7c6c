"""One period of a reach, counted: the total and its tables by part, topic, outcome and office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from mulian.core.areas.codes import within
from mulian.insight.domain.histories import History
from mulian.insight.domain.tallies import Office, Tally, by, offices, tally


@dataclass(frozen=True)
class Reach:
    """Whose figures: those of an area, or of what lies there and one unit has."""

    area: str
    unit: UUID | None = None

    def holds(self, history: History) -> bool:
        """True when the case counts here, as the history knows it."""
        return self.near(history) and self.unit in (None, history.last.standing.unit)

    def near(self, history: History) -> bool:
        """True when the case counts in the area, whoever has it."""
        return history.counts and within(history.last.standing.area, self.area)


@dataclass(frozen=True, kw_only=True)
class Depth:
    """One period. `parts`: area code → figures, the area's own code for what lies in none of them.

    Every table adds up to `total`. `upto`: the moment it was counted at.
    """

    upto: datetime
    total: Tally
    parts: dict[str, Tally]
    topics: dict[str, Tally]
    outcomes: dict[str, Tally]
    units: list[Office]


def counted(known: Iterable[History], reach: Reach, codes: Sequence[str], upto: datetime) -> Depth:
    """Figures of those of some histories that count in the reach. `codes`: the parts of its area.

    `known` holds what the unit ever had, too: what it returned or handed on is in its own line of offices.
    """
    near = [each for each in known if reach.near(each)]
    cases = [each for each in near if reach.holds(each)]
    return Depth(
        upto=upto,
        total=tally(cases),
        parts=_parts(cases, reach.area, codes),
        topics=_tallies(by(cases, lambda each: each.last.standing.topic.partition(".")[0])),
        outcomes=_tallies(by(cases, lambda each: each.outcome)),
        units=_offices(near, reach.unit),
    )


def _offices(near: Sequence[History], unit: UUID | None) -> list[Office]:
    """Every office's line, or a unit's own: it has no place where the others are not seen."""
    lines = offices(near)
    return lines if unit is None else [replace(each, rank=None) for each in lines if each.unit == unit]


def _parts(cases: Sequence[History], area: str, codes: Sequence[str]) -> dict[str, Tally]:
    """Every part is named, those without a case too."""

    def part(history: History) -> str:
        return next((code for code in codes if within(history.last.standing.area, code)), area)

    found = by(cases, part)
    named = [*codes, *([area] if area in found else [])]
    return {code: tally(found.get(code, [])) for code in named}


def _tallies(parts: dict[str, list[History]]) -> dict[str, Tally]:
    found = {key: tally(cases) for key, cases in parts.items()}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].cases, pair[0])))

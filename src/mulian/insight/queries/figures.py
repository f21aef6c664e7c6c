"""The figures of an area: a row of periods, and one of them in depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.areas.codes import within
from mulian.core.areas.queries import children
from mulian.insight.domain.afterwards import Afterwards, afterwards
from mulian.insight.domain.histories import History, until
from mulian.insight.domain.periods import Span
from mulian.insight.domain.tallies import Office, Tally, by, offices, tally
from mulian.insight.queries.known import counts, everything, histories


@dataclass(frozen=True, kw_only=True)
class Depth:
    """One period of an area. `parts`: area code → figures, the area's own code for what lies in none of them.

    Every table adds up to `total`. `after`: what came after it was counted, None while it still moves.
    """

    total: Tally
    parts: dict[str, Tally]
    topics: dict[str, Tally]
    outcomes: dict[str, Tally]
    units: list[Office]
    cases: list[UUID]
    after: Afterwards | None


def line(area: str, spans: Sequence[Span], now: datetime) -> list[Tally]:
    """A figure for each of some periods in a row."""
    return [tally(each) for each in histories(area, spans, now)]


def depth(area: str, span: Span, now: datetime) -> Depth:
    """One period by parts of the area, topmost topics, units and outcomes."""
    [cases] = histories(area, [span], now)
    codes = [each.code for each in children(area, span.since)]
    return Depth(
        total=tally(cases),
        parts=_parts(cases, area, codes),
        topics=_tallies(by(cases, lambda each: each.last.standing.topic.partition(".")[0])),
        outcomes=_tallies(by(cases, lambda each: each.outcome)),
        units=offices(cases),
        cases=[
            each.case for each in sorted(cases, key=lambda each: each.stretches[0].received, reverse=True)
        ],
        after=_after(area, span, now) if now > span.settles else None,
    )


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


def _after(area: str, span: Span, now: datetime) -> Afterwards:
    pairs = []
    for case in everything(area, span):
        then, today = until(case, span.settles), until(case, now)
        if then and today:
            pairs.append((then, today, counts(then, area), counts(today, area)))
    return afterwards(pairs)

"""The figures of a reach: a row of periods, one of them in depth, and its cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from mulian.core.areas.queries import children
from mulian.insight.domain.afterwards import Afterwards, afterwards
from mulian.insight.domain.histories import until
from mulian.insight.domain.periods import Span
from mulian.insight.domain.tallies import Tally, tally
from mulian.insight.queries.counting import Depth, Reach, counted
from mulian.insight.queries.kept import kept
from mulian.insight.queries.known import changed_since, histories, newest


def line(reach: Reach, spans: Sequence[Span], now: datetime) -> list[Tally]:
    """A figure for each of some periods in a row: the kept one where there is one, else counted now."""
    found = {span: each.total for span, each in kept(reach, spans, now).items()}
    missing = [number for number, span in enumerate(spans) if span not in found]
    if missing:
        row = spans[missing[0] : missing[-1] + 1]
        for span, known in zip(row, histories(reach, row, now), strict=True):
            if span not in found:
                found[span] = tally(filter(reach.holds, known))
    return [found[span] for span in spans]


def depth(reach: Reach, span: Span, now: datetime) -> Depth:
    """One period by parts of the area, topmost topics, outcomes and offices."""
    if there := kept(reach, [span], now).get(span):
        return there
    [known] = histories(reach, [span], now)
    codes = [each.code for each in children(reach.area, span.since)]
    return counted(known, reach, codes, span.as_of(now))


def cases(reach: Reach, span: Span, now: datetime, many: int) -> list[UUID]:
    """The newest of the cases that were counted in a period."""
    return [each.case for each in islice(filter(reach.holds, newest(reach, span, now)), many)]


def after(reach: Reach, span: Span, now: datetime) -> Afterwards | None:
    """What came after a period was counted; None while it still moves."""
    if now <= span.settles:
        return None
    pairs = []
    for case in changed_since(reach, span):
        then, today = until(case, span.settles), until(case, now)
        if then and today:
            pairs.append((then, today, reach.holds(then), reach.holds(today)))
    return afterwards(pairs)

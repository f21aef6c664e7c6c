"""Histories of the cases of a stretch of time and an area, each as it was known when its period was counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from mulian.core.areas.codes import within
from mulian.core.areas.queries import root
from mulian.core.database.vendor import prefix_range
from mulian.insight.domain.histories import History, until
from mulian.insight.domain.periods import Span
from mulian.insight.domain.stretches import Stretch
from mulian.insight.models import Segment
from mulian.insight.queries.rows import stretches


def histories(area: str, spans: Sequence[Span], now: datetime) -> list[list[History]]:
    """For each of some periods in a row the cases received in it that count, and lay in the area by then.

    Each is known up to the moment its period settles (or now), so that a settled period never changes.
    """
    found: list[list[History]] = [[] for _ in spans]
    starts = [each.start for each in spans]
    for case in _cases(area, spans):
        number = bisect_right(starts, case[0].received) - 1
        known = until(case, spans[number].as_of(now))
        if known and counts(known, area):
            found[number].append(known)
    return found


def everything(area: str, span: Span) -> Iterator[list[Stretch]]:
    """All stretches, later ones too, of every case received in a period that ever lay in the area."""
    yield from _cases(area, [span])


def counts(history: History, area: str) -> bool:
    return history.counts and within(history.last.standing.area, area)


def _cases(area: str, spans: Sequence[Span]) -> Iterator[list[Stretch]]:
    rows = Segment.objects.filter(received__gte=spans[0].start, received__lt=spans[-1].end)
    top = root()
    if top is None or not within(top.code, area):
        low, high = prefix_range(area)
        rows = rows.filter(case__in=rows.filter(area__gte=low, area__lt=high).values("case"))
    for _, group in groupby(
        stretches(rows.order_by("received", "case", "number")), key=lambda each: each.case
    ):
        yield list(group)

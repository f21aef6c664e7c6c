"""Histories of the cases of a stretch of time and a reach, each as it was known when its period was counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from mulian.core.areas.codes import within
from mulian.core.areas.queries import root
from mulian.core.database.vendor import prefix_range
from mulian.insight.domain.histories import History, until
from mulian.insight.domain.periods import Span
from mulian.insight.domain.stretches import Stretch
from mulian.insight.models import Segment
from mulian.insight.queries.counting import Reach
from mulian.insight.queries.rows import stretches


def histories(reach: Reach, spans: Sequence[Span], now: datetime) -> list[list[History]]:
    """For each of some periods in a row the cases received in it that were ever within the reach.

    Each is known up to the moment its period settles (or now), so that a settled period never changes.
    """
    found: list[list[History]] = [[] for _ in spans]
    starts = [each.start for each in spans]
    for case in _cases(_within(reach, _received(spans))):
        number = bisect_right(starts, case[0].received) - 1
        if known := until(case, spans[number].as_of(now)):
            found[number].append(known)
    return found


def newest(reach: Reach, span: Span, now: datetime) -> Iterator[History]:
    """Those of one period, newest first; whoever needs few stops early and reads little."""
    for case in _cases(_within(reach, _received([span])), "-received"):
        if known := until(case, span.as_of(now)):
            yield known


def changed_since(reach: Reach, span: Span) -> Iterator[list[Stretch]]:
    """All stretches of the cases of a period, ever within the reach, to which something happened after it settled."""
    rows = _received([span])
    late = rows.filter(since__gte=span.settles).values("case")
    yield from _cases(_within(reach, rows).filter(case__in=late))


def _received(spans: Sequence[Span]) -> Any:
    return Segment.objects.filter(received__gte=spans[0].start, received__lt=spans[-1].end)


def _within(reach: Reach, rows: Any) -> Any:
    """Those of cases that ever lay in the area, and with the unit."""
    found, top = rows, root()
    if top is None or not within(top.code, reach.area):
        low, high = prefix_range(reach.area)
        found = found.filter(case__in=rows.filter(area__gte=low, area__lt=high).values("case"))
    if reach.unit:
        found = found.filter(case__in=rows.filter(unit=reach.unit).values("case"))
    return found


def _cases(rows: Any, order: str = "received") -> Iterator[list[Stretch]]:
    ordered = stretches(rows.order_by(order, "case", "number"))
    for _, group in groupby(ordered, key=lambda each: each.case):
        yield list(group)

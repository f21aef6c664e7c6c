"""Figures that were counted before and kept: settled periods for ever, those that still move for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from mulian.insight.domain.periods import Span
from mulian.insight.models import Count
from mulian.insight.queries.counting import Depth, Reach

FRESH = timedelta(minutes=30)
"""So old may the figures of a large period that still moves be; older ones are counted at once."""
ALL = UUID(int=0)
"""In place of a unit: whoever has the cases."""


def kept(reach: Reach, spans: Sequence[Span], now: datetime) -> dict[Span, Depth]:
    """Of some periods those that are kept and may still be shown at `now`."""
    rows = Count.objects.filter(area=reach.area, unit=reach.unit or ALL)
    rows = rows.filter(since__gte=spans[0].since, since__lte=spans[-1].since)
    wanted, found = set(spans), {}
    for since, until, upto, body in rows.values_list("since", "until", "upto", "body"):
        span = Span(since, until)
        if span in wanted and (_settled(span, upto, now) or _fresh(span, upto, now)):
            found[span] = read(body)
    return found


def written(depth: Depth) -> str:
    """The same figures are always the same text."""
    return msgspec.json.encode(depth).decode()


def read(body: str) -> Depth:
    return msgspec.json.decode(body, type=Depth)


def _settled(span: Span, upto: datetime, now: datetime) -> bool:
    return upto == span.settles <= now


def _fresh(span: Span, upto: datetime, now: datetime) -> bool:
    return upto < span.settles and now - FRESH < upto <= now < span.settles

"""Keeps the figures of periods: once for ever when they settle, every few minutes while large ones still move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, QuerySet

from mulian.core.areas.codes import lineage, within
from mulian.core.areas.models import Area
from mulian.core.areas.queries import root
from mulian.core.database.rows import insert_values
from mulian.core.database.vendor import one_at_a_time
from mulian.insight.domain.histories import History
from mulian.insight.domain.periods import SETTLES, By, Span, span
from mulian.insight.domain.stretches import Stretch
from mulian.insight.domain.tallies import FEW
from mulian.insight.models import Count, Segment
from mulian.insight.queries.counting import Reach, counted
from mulian.insight.queries.kept import ALL, written
from mulian.insight.queries.known import histories
from mulian.kernel.clock import CN

NAMES = ("since", "until", "area", "unit", "upto", "body")
AT_ONCE = 50
"""Periods settled in one sweep, so that a county's first years do not hold it up."""
LARGE = 500
"""Cases in the periods of a kind that still move, from which on counting them at each opening is too slow."""
DEPARTMENT = "department"
WEEK = timedelta(days=7)
"""Of shorter periods only reaches with many cases are kept: a county's days by village are few cases and many rows."""
KEEPING = 740_035
"""The lock of those who keep periods and those who bring late facts."""


def sweep_settled(now: datetime) -> int:
    """Keeps periods that have settled and are not kept yet, the newest first; answers how many."""
    found = _unkept(now)[:AT_ONCE]
    for each in found:
        keep(each, each.settles)
    return len(found)


def sweep_moving(now: datetime, large: int = LARGE) -> int:
    """Counts large periods that still move; small ones are counted whenever somebody looks."""
    done = 0
    for by in By:
        spans = list(_back(by, now, now - SETTLES))
        received = Segment.objects.filter(received__gte=spans[-1].start, received__lt=now, number=1)
        if received[large : large + 1].exists():
            for each in spans:
                keep(each, now)
            done += len(spans)
    return done


def keep(of: Span, upto: datetime) -> None:
    """Writes the rows of one period, counted at a moment, in place of those that were there.

    Counting takes longer than a write may: it is done before, and left for the next sweep where a fact came between.
    """
    top = root()
    if top is None:
        return
    before = _told(of, upto)
    [known] = histories(Reach(top.code), [of], upto)
    parts = _children(of)
    rows = []
    for reach, mine in sorted(_reaches(known, top.code).items(), key=lambda pair: _order(pair[0])):
        if of.until - of.since < WEEK and len(mine) < FEW and reach != Reach(top.code):
            continue
        body = written(counted(mine, reach, parts[reach.area], upto))
        rows.append((of.since, of.until, reach.area, reach.unit or ALL, upto, body))
    with transaction.atomic():
        one_at_a_time(KEEPING)
        if before == _told(of, upto):
            _rows(of).delete()
            insert_values(Count, NAMES, rows)


def forget(new: Iterable[Stretch], now: datetime) -> None:
    """Periods into which a late fact falls are counted again: it was recorded before they settled, and came after."""
    known = [each for each in new if now - each.received >= SETTLES]
    late = {s for each in known for s in _spans(each) if each.since < s.settles <= now}
    if late:
        one_at_a_time(KEEPING)
    for each in sorted(late):
        _rows(each).delete()


def settled() -> list[Span]:
    """Every period that is kept for ever, oldest first."""
    rows = Count.objects.values_list("since", "until", "upto").distinct()
    return sorted(Span(a, b) for a, b, upto in rows if Span(a, b).settles == upto)


def _rows(of: Span) -> QuerySet[Count]:
    return Count.objects.filter(since=of.since, until=of.until)


def _told(of: Span, upto: datetime) -> int:
    """How many stretches are known by now: one more is a fact that came while they were counted."""
    rows = Segment.objects.filter(received__gte=of.start, received__lt=of.end, since__lt=upto)
    return rows.count()


def _unkept(now: datetime) -> list[Span]:
    first = Segment.objects.aggregate(first=Min("received"))["first"]
    if first is None:
        return []
    there = set(settled())
    ended = (s for by in By for s in _back(by, now, first) if s.settles <= now)
    return sorted((s for s in ended if s not in there), reverse=True)


def _back(by: By, now: datetime, first: datetime) -> Iterator[Span]:
    """Periods from that of `now` back to that of `first`."""
    found = span(by, now.astimezone(CN).date())
    while found.end > first:
        yield found
        found = span(by, found.since - timedelta(days=1))


def _spans(stretch: Stretch) -> Iterator[Span]:
    return (span(by, stretch.received.astimezone(CN).date()) for by in By)


def _reaches(known: Sequence[History], top: str) -> dict[Reach, list[History]]:
    """Every area with a case and all above it, each also for the departments that had one there."""
    found: defaultdict[Reach, list[History]] = defaultdict(list)
    found[Reach(top)] = []
    for each in known:
        areas = [code for code in lineage(each.last.standing.area) if within(code, top)]
        units = {s.standing.unit for s in each.stretches if s.standing.level == DEPARTMENT}
        for code in areas:
            for unit in (None, *units):
                found[Reach(code, unit)].append(each)
    return found


def _children(of: Span) -> defaultdict[str, list[str]]:
    """Area → the parts it has on the period's first day."""
    rows = Area.objects.filter(valid_from__lte=of.since).exclude(valid_to__lte=of.since).order_by("code")
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, above in rows.values_list("code", "parent_id"):
        found[above].append(code)
    return found


def _order(reach: Reach) -> tuple[str, str]:
    return reach.area, str(reach.unit or "")

"""Writes the stretches of cases from their events, as they come; and all of them again from the whole log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from mulian.core.database.rows import insert_values, update_many
from mulian.core.events.models import Event
from mulian.insight.actions.counting import NAMES as COUNTED
from mulian.insight.actions.counting import forget, keep, settled
from mulian.insight.domain.periods import Span
from mulian.insight.domain.stretches import Fact, Stretch, fold
from mulian.insight.models import Count, Segment
from mulian.insight.queries.rows import NAMES, row, stretches, values

KIND = "case"
BATCH = 200
"""Cases folded in one transaction of a rebuild: it stays short."""
ENDING = ("until", "ended", "ended_because")


def follow(events: Iterable[Event], *, now: datetime) -> None:
    """What these events, and all stamped before them, changed of their cases. In any order, as often as it likes."""
    with transaction.atomic():
        forget(bring(sorted({event.subject_id for event in events})), now)


def bring(cases: Sequence[UUID]) -> list[Stretch]:
    """Brings the stretches of some cases up to the end of the log, within a transaction; answers the new ones."""
    open_ones = Segment.objects.select_for_update().filter(case__in=cases, until__isnull=True)
    last = {each.case: each for each in stretches(open_ones)}
    new: list[Stretch] = []
    closed: list[Stretch] = []
    after = min((each.pos for each in last.values()), default=0) if len(last) == len(set(cases)) else 0
    for case, facts in _facts(cases, after).items():
        for each in fold(case, facts, last.get(case)):
            (closed if case in last and each.id == last[case].id else new).append(each)
    update_many([row(each) for each in closed], ENDING)
    insert_values(Segment, NAMES, [values(each) for each in new])
    return new


def rebuild() -> tuple[int, bool]:
    """Writes every stretch again from the log, then every settled period; answers how many stretches there are, and
    whether all is byte for byte as before.
    """
    before = digest()
    known = Segment.objects.order_by("case").values_list("case", flat=True).distinct()
    told = Event.objects.filter(subject_kind=KIND, pos__isnull=False).values_list("subject_id", flat=True)
    every = sorted({*known, *told.distinct()})
    for first in range(0, len(every), BATCH):
        cases = every[first : first + BATCH]
        with transaction.atomic():
            Segment.objects.filter(case__in=cases).delete()
            bring(cases)
    for each in settled():
        keep(each, each.settles)
    return Segment.objects.count(), digest() == before


def digest() -> str:
    """A fingerprint of all stretches and settled periods."""
    found = sha256()
    for each in Segment.objects.order_by("case", "number").values_list(*NAMES).iterator():
        found.update(repr(each).encode())
    for one in Count.objects.order_by("since", "until", "area", "unit").values_list(*COUNTED).iterator():
        if Span(one[0], one[1]).settles == one[4]:
            found.update(repr(one).encode())
    return found.hexdigest()


def _facts(cases: Sequence[UUID], after: int) -> dict[UUID, list[Fact]]:
    rows = Event.objects.filter(subject_kind=KIND, subject_id__in=cases, pos__gt=after).order_by("pos")
    found: defaultdict[UUID, list[Fact]] = defaultdict(list)
    names = ("id", "subject_id", "pos", "name", "occurred_at", "recorded_at", "data")
    for id, case, pos, name, occurred, recorded, data in rows.values_list(*names):
        fact = Fact(id=id, pos=pos, name=name, occurred=occurred, recorded=recorded, data=data)
        found[case].append(fact)
    return found

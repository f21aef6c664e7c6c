"""Publishes what happened in a month, once: groups nobody can be found in, written down and never changed (G19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from mulian.core.areas.codes import Level
from mulian.core.areas.models import Area
from mulian.core.areas.queries import subtree
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.figures import Cell, Count, Group, publish
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.domain.topics import Kind
from mulian.modules.cases.events import MonthPublished
from mulian.modules.cases.models import NO_COMPLAINT, Case, PublishedFigure, PublishedMonth
from mulian.modules.cases.queries.portal import portal
from mulian.modules.cases.queries.rules import rules

WAIT = timedelta(days=10)
"""After a month's end, so that what came late and what was solved in its promised week counts."""
TOWNSHIP_DIGITS = 9
_NAMES = UUID("0bd0c9a4-6f0e-5a53-8b1c-2f0a5b8e6d11")
SOLVED = frozenset({State.SOLVED, State.ANSWERED, State.CLOSED})
LEFT_OUT = frozenset({Kind.TEST, Kind.CANCELLED, Kind.COMPLAINT, Kind.THANKS})
"""Complaints are few and about few; tests and withdrawn reports are nothing that happened."""


@transaction.atomic
def sweep_figures(now: datetime) -> int:
    """Publishes the month before this one when it is time; returns how many lines it has."""
    since = _month_before((now - WAIT).astimezone(CN).date())
    if PublishedMonth.objects.filter(since=since).exists():
        return 0
    groups = publish(counts(since), k=portal().k)
    month = PublishedMonth.objects.create(since=since, k=portal().k, made_at=now)
    PublishedFigure.objects.bulk_create([_figure(month, group) for group in groups])
    told = MonthPublished(subject_id=uuid5(_NAMES, str(since)), since=str(since), lines=len(groups))
    append(told, actor=SYSTEM, at=now, areas=[rules().county])
    return len(groups)


def counts(since: date) -> dict[Cell, Count]:
    """Every township and topmost topic with what came in that month, the empty ones too."""
    families: dict[Cell, set[UUID]] = defaultdict(set)
    cases: dict[Cell, list[bool]] = defaultdict(list)
    for case in _of_month(since):
        cell = (_township(case.area_id), case.topic.partition(".")[0])
        families[cell].add(case.household or case.id)
        cases[cell].append(case.state in SOLVED)
    cells = {(township, topic) for township in _townships() for topic in _topics()} | set(cases)
    return {
        cell: Count(cases=len(cases[cell]), solved=sum(cases[cell]), families=len(families[cell]))
        for cell in cells
    }


def _of_month(since: date) -> Iterable[Case]:
    begin, end = _midnight(since), _midnight(_month_after(since))
    rows = Case.unscoped.because("counted, none is shown").filter(received_at__gte=begin, received_at__lt=end)
    rows = rows.filter(NO_COMPLAINT).exclude(kind__in=LEFT_OUT)
    return rows.only("id", "area_id", "topic", "household", "state").iterator()


def _townships() -> list[str]:
    rows = Area.objects.filter(subtree(rules().county), level=Level.TOWNSHIP)
    return ["", *rows.values_list("code", flat=True)]


def _topics() -> list[str]:
    return ["", *(topic.code for topic in rules().topics.by_code.values() if not topic.parent)]


def _township(area: str) -> str:
    return area[:TOWNSHIP_DIGITS] if len(area) >= TOWNSHIP_DIGITS else ""


def _figure(month: PublishedMonth, group: Group) -> PublishedFigure:
    return PublishedFigure(
        month=month,
        township=group.township,
        topic=group.topic,
        cases=group.cases,
        solved_tenths=group.solved_tenths,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CN)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _month_after(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)

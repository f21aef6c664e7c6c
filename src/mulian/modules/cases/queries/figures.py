"""Public figures as they were published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mulian.core.areas.queries import names
from mulian.modules.cases.models import PublishedFigure, PublishedMonth
from mulian.modules.cases.queries.names import topic_name

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Line:
    """One group of the month in words. Empty names: the township's other topics, or the county's rest."""

    township: str
    topic: str
    cases: int
    solved_tenths: int


def months() -> list[date]:
    """The first days of the months published, newest first."""
    return list(PublishedMonth.objects.order_by("-since").values_list("since", flat=True)[:MONTHS])


def lines(since: date, language: str) -> list[Line]:
    """What was published of a month."""
    rows = list(PublishedFigure.objects.filter(month=since).order_by("id"))
    named = names([row.township for row in rows if row.township], language)
    return [
        Line(
            township=named.get(row.township, row.township),
            topic=topic_name(row.topic, language) if row.topic else "",
            cases=row.cases,
            solved_tenths=row.solved_tenths,
        )
        for row in rows
    ]

"""How many voices wait and how long, who holds which now, and how long voices waited, read from the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from mulian.core.events.models import Event
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.heard import Spread, Wait, spread
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.permissions import Permission

HEARD = {
    ListeningItem.About.REPORT: "cases.voice_transcribed",
    ListeningItem.About.FEEDBACK: "cases.feedback_heard",
}
"""The fact that ends a wait. A claim does not: whoever takes a voice and leaves it has not heard it."""
DAYS = 14


@dataclass(frozen=True, kw_only=True)
class Load:
    """What waits in one language; `oldest` is since when."""

    language: str
    waiting: int
    urgent: int
    oldest: datetime | None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who holds a voice now; it goes back to the queue at `until`."""

    name: str
    number: str
    case: UUID
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class DayHeard:
    """One day's voices in one language."""

    day: date
    language: str
    spread: Spread


def load(actor: Actor, at: datetime) -> list[Load]:
    """By language, those that waited longest first; a voice of no known language stands under an empty one."""
    rows = _items(actor, at, Permission.LISTEN).exclude(state=ListeningItem.State.DONE).order_by()
    found = rows.values("language").annotate(
        waiting=Count("id"), hurried=Count("id", filter=Q(urgent=True)), oldest=Min("created_at")
    )
    return [
        Load(language=row["language"], waiting=row["waiting"], urgent=row["hurried"], oldest=row["oldest"])
        for row in sorted(found, key=lambda row: row["oldest"])
    ]


def claims(actor: Actor, at: datetime) -> list[Claim]:
    """In the order they were taken."""
    rows = _items(actor, at, Permission.LISTEN).filter(state=ListeningItem.State.CLAIMED)
    return [
        Claim(
            name=row.claimed_by.name,
            number=row.case.number,
            case=row.case_id,
            since=row.claimed_at,
            until=row.due_at,
        )
        for row in rows.select_related("case", "claimed_by").order_by("claimed_at", "id")
        if row.claimed_by and row.claimed_at and row.due_at
    ]


def times(actor: Actor, at: datetime, *, urgent: bool, days: int = DAYS) -> list[DayHeard]:
    """The last days, newest first, by the day and language of arrival; urgent ones are told apart."""
    found = sorted(_waits(actor, at, urgent, days))
    made = [
        DayHeard(day=day, language=language, spread=spread(wait for *_, wait in group))
        for (day, language), group in groupby(found, key=lambda each: each[:2])
    ]
    return sorted(made, key=lambda each: (-each.day.toordinal(), each.language))


def whole(actor: Actor, at: datetime, *, urgent: bool, days: int = DAYS) -> Spread:
    """All of these days and languages together."""
    return spread(wait for *_, wait in _waits(actor, at, urgent, days))


def _waits(actor: Actor, at: datetime, urgent: bool, days: int) -> list[tuple[date, str, Wait]]:
    rows = _items(actor, at, Permission.HEARD).filter(urgent=urgent, created_at__gt=at - timedelta(days=days))
    items = list(rows.values_list("case_id", "about", "language", "created_at"))
    ended = _ended({case for case, *_ in items})
    return [
        (
            since.astimezone(CN).date(),
            language,
            _wait(since, ended.get((case, HEARD[ListeningItem.About(about)]), ()), at),
        )
        for case, about, language, since in items
    ]


def _wait(since: datetime, ended: Iterable[datetime], at: datetime) -> Wait:
    heard = next((each for each in ended if each >= since), None)
    return Wait(((heard or at) - since).total_seconds() / 60, unheard=heard is None)


def _ended(cases: set[UUID]) -> dict[tuple[UUID, str], list[datetime]]:
    """When voices of these cases were written down, in order, read from the log."""
    rows = Event.objects.filter(subject_kind="case", subject_id__in=cases, name__in=HEARD.values())
    found: dict[tuple[UUID, str], list[datetime]] = {}
    for case, name, moment in rows.order_by("id").values_list("subject_id", "name", "recorded_at"):
        found.setdefault((case, name), []).append(moment)
    return found


def _items(actor: Actor, at: datetime, permission: str) -> QuerySet[ListeningItem]:
    seen = Case.objects.visible_to(actor, permission, at=at).values("id")
    return ListeningItem.objects.filter(case__in=seen)

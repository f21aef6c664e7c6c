"""Open cases that look like the same thing as one, with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from mulian.core.areas.models import Area
from mulian.core.areas.queries import subtree
from mulian.core.files.queries import attached_to
from mulian.kernel.actor import Actor
from mulian.kernel.geo import Point
from mulian.modules.cases.domain.merging import Likeness, Trace, likeness, ranked
from mulian.modules.cases.domain.states import UNSOLVED
from mulian.modules.cases.models import NO_COMPLAINT, Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.topics import usable_topic
from mulian.modules.cases.queries.words import ALIKE

COMPARED = 300
"""So many of the newest are compared."""
TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A case that may be the same thing. `percent` is how alike, `reasons` what speaks for it."""

    case: Case
    percent: int
    reasons: list[str]


def candidates(case: Case, actor: Actor, at: datetime) -> list[Candidate]:
    """Up to five of the actor's open cases; complaints never stand among them. A constant number of statements."""
    if case.complaint or case.same_as_id or case.state not in UNSOLVED:
        return []
    measure = rules().joint.same
    span = timedelta(days=measure.days)
    rows = Case.objects.visible_to(actor, Permission.SORT, at=at).filter(
        NO_COMPLAINT,
        state__in=sorted(UNSOLVED),
        same_as__isnull=True,
        occurred_at__range=(case.occurred_at - span, case.occurred_at + span),
    )
    near = Q(area__in=_around(case))
    rows = rows.filter(near | Q(household=case.household) if case.household else near).exclude(id=case.id)
    found = list(rows.select_related("area").order_by("-received_at", "-id")[:COMPARED])
    marks = traces([case, *found])
    scores = {row.id: likeness(marks[case.id], marks[row.id], measure) for row in found}
    return _shown({row.id: row for row in found}, ranked(scores, measure))


def _around(case: Case) -> QuerySet[Area, Any]:
    return Area.objects.filter(subtree(case.area_id[:TOWNSHIP_DIGITS])).values("code")


def traces(cases: Iterable[Case]) -> dict[UUID, Trace]:
    """What is compared of each case; photos by what was sent."""
    found = list(cases)
    media = attached_to(subject_kind="case", subject_ids=[row.id for row in found])
    photos = {
        id: frozenset(each.sha256 for each in sent if each.role == "report_photo")
        for id, sent in media.items()
    }
    return {row.id: trace(row, photos.get(row.id, frozenset())) for row in found}


def trace(row: Case, photos: frozenset[str] = frozenset()) -> Trace:
    """One case as it is compared."""
    point = Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    return Trace(
        text=row.text,
        area=row.place or row.area_id,
        at=row.occurred_at,
        topic=usable_topic(row.topic, row.topic_by, row.topic_confidence),
        hazard=row.hazard,
        point=point,
        household=row.household,
        photos=photos,
    )


def _shown(rows: Mapping[UUID, Case], found: Iterable[tuple[UUID, Likeness]]) -> list[Candidate]:
    return [
        Candidate(
            case=rows[id],
            percent=round(each.score * 100),
            reasons=[gettext(ALIKE[reason]) for reason in each.reasons],
        )
        for id, each in found
    ]

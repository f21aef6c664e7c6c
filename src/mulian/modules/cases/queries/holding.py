"""A case's stored receivers and promises as the rules see them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.core.access.models import Posting
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import Role
from mulian.modules.cases.domain.promises import Promise, PromiseKind
from mulian.modules.cases.domain.receivers import Reason, Receivers, Standing, strongest
from mulian.modules.cases.domain.receivers import Receiver as Held
from mulian.modules.cases.domain.staffing import Accused, Level
from mulian.modules.cases.models import Case, Receiver
from mulian.modules.cases.models import Promise as PromiseRow


def receivers_of(case: UUID) -> Receivers:
    """Who has the case now, responsible first."""
    rows = Receiver.objects.filter(case=case, until__isnull=True).select_related("unit").order_by("id")
    return strongest(held(row) for row in rows)


def held(row: Receiver) -> Held:
    return Held(
        area=row.area_id,
        unit=row.unit.code if row.unit else None,
        person=row.person_id,
        role=Role(row.role) if row.role else None,
        level=Level(row.level) if row.level else None,
        standing=Standing(row.standing),
        reason=Reason(row.reason),
        deputises_for=row.deputises_for_id,
    )


def accused_of(case: Case) -> Accused:
    """Whom a complaint is about."""
    persons = frozenset({case.about_person_id} if case.about_person_id else ())
    persons |= serving(case.about_area, case.received_at) if case.about_area else frozenset()
    units = frozenset({case.about_unit.code} if case.about_unit else ())
    return Accused(persons, units)


def serving(area: str, at: datetime) -> frozenset[UUID]:
    """The liaisons who serve an area or a part of it at a moment."""
    low, high = prefix_range(area)
    rows = Posting.objects.filter(role=Role.LIAISON, area__gte=low, area__lt=high, valid_from__lte=at)
    return frozenset(rows.exclude(valid_to__lte=at).values_list("person", flat=True))


def promise_of(row: PromiseRow) -> Promise:
    return Promise(
        kind=PromiseKind(row.kind),
        rule=row.policy,
        clock=row.clock,
        start=row.start,
        allotted=row.allotted,
        due=row.due,
        remind_at=row.remind_at,
        extended=row.extended,
        paused=row.paused,
        version=row.version,
        round=row.round,
        paused_at=row.paused_at,
        met_at=row.met_at,
    )


def put(row: PromiseRow, promise: Promise) -> PromiseRow:
    """Copies the rule's answer into the row; its state follows from the times."""
    row.policy, row.clock, row.version = promise.rule, promise.clock, promise.version
    row.extended, row.round = promise.extended, promise.round
    row.start, row.allotted, row.due, row.remind_at = (
        promise.start, promise.allotted, promise.due, promise.remind_at,
    )  # fmt: skip
    row.paused, row.paused_at, row.met_at = promise.paused, promise.paused_at, promise.met_at
    row.state = _state(promise)
    return row


def _state(promise: Promise) -> str:
    if promise.met_at:
        return PromiseRow.State.MISSED if promise.met_at > promise.due else PromiseRow.State.MET
    return PromiseRow.State.PAUSED if promise.paused_at else PromiseRow.State.RUNNING


def told(receivers: Iterable[Held]) -> list[dict[str, Any]]:
    """Receivers as an event keeps them."""
    return [
        {
            "unit": each.unit,
            "area": each.area,
            "person": str(each.person) if each.person else None,
            "standing": each.standing.value,
            "reason": each.reason.value,
        }
        for each in receivers
    ]


def level_of(case: Case) -> Level | None:
    """The level of whoever is responsible now."""
    return Level(case.responsible_level) if case.responsible_level else None


def by_key(receivers: Iterable[Held]) -> Mapping[str, Held]:
    return {each.key: each for each in receivers}

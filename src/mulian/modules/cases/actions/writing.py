"""Writes a case's receivers, promises and history. Called inside an act, never on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min

from mulian.core.access import placing
from mulian.core.database.rows import insert_values
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.event import Event
from mulian.modules.cases.actions import spreading
from mulian.modules.cases.domain import ladder
from mulian.modules.cases.domain.promises import Promise
from mulian.modules.cases.domain.receivers import Receiver, Receivers, responsible
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.events import AboutCase, JoinedCaseMoved
from mulian.modules.cases.models import Case
from mulian.modules.cases.models import Promise as PromiseRow
from mulian.modules.cases.models import Receiver as ReceiverRow
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.ground import Roster
from mulian.modules.cases.queries.rules import rules

MOVES_CLOCKS = frozenset({"state", "urgent"})
"""Fields whose change may start or stop a promise, so that phones need the next due time with them."""

RECEIVER = (
    "case_id", "key", "unit_id", "area_id", "person_id", "role", "level", "standing", "reason", "params",
    "deputises_for_id", "since",
)  # fmt: skip


def receiver_row(case: Case, receiver: Receiver, held: Roster, at: datetime) -> ReceiverRow:
    """A row that is changed again before it is written, or read with others."""
    return ReceiverRow(**dict(zip(RECEIVER, receiver_values(case, receiver, held, at), strict=True)))


def receiver_values(
    case: Case, receiver: Receiver, held: Roster, at: datetime, params: Mapping[str, Any] | None = None
) -> tuple[Any, ...]:
    """The values of `RECEIVER`, ready to be inserted."""
    return (
        case.id,
        receiver.key,
        held.ids[receiver.unit] if receiver.unit else None,
        receiver.area,
        receiver.person,
        receiver.role or "",
        receiver.level or "",
        receiver.standing,
        receiver.reason,
        params or {},
        receiver.deputises_for,
        at,
    )


def change_receivers(case: Case, after: Receivers, held: Roster, at: datetime) -> list[Receiver]:
    """Closes what changed, opens what is new, places the case there; returns the receivers that are new to it."""
    rows = {
        row.key: row
        for row in ReceiverRow.objects.filter(case=case, until__isnull=True).select_related("unit")
    }
    changed = [each for each in after if each.key not in rows or holding.held(rows[each.key]) != each]
    ending = [rows[each.key].pk for each in changed if each.key in rows]
    ReceiverRow.objects.filter(pk__in=ending).update(until=at)
    insert_values(ReceiverRow, RECEIVER, [receiver_values(case, each, held, at) for each in changed])
    places = spreading.places_of(tuple(changed), topic=case.topic, topics=rules().topics, held=held)
    placing.place(kind=spreading.KIND, id=case.id, places=places, at=at)
    own(case, after, held)
    return [each for each in changed if each.key not in rows]


def own(case: Case, receivers: Receivers, held: Roster) -> None:
    """Copies the one responsible receiver onto the case (saved by the caller)."""
    one = responsible(receivers)
    case.responsible_unit_id = held.ids[one.unit] if one.unit else None
    case.responsible_person_id = one.person
    case.responsible_level = one.level or ""


def start_promises(case: Case, promises: Iterable[Promise], at: datetime) -> list[PromiseRow]:
    """New clocks, ready to be inserted; the case remembers the earliest."""
    found = list(promises)
    at_hand = rules().ladders.rules_for(case.area_id)
    rows = []
    for promise in found:
        row = holding.put(PromiseRow(case=case, kind=promise.kind), promise)
        row.next_at = ladder.next_look(promise, now=at, rules=at_hand, urgent=case.urgent)
        rows.append(row)
    dues = [row.due for row in rows] + ([case.next_due] if case.next_due else [])
    case.next_due = min(dues, default=None)
    return rows


def save_promise(case: Case, row: PromiseRow, promise: Promise, now: datetime) -> None:
    """One clock after a rule changed it."""
    holding.put(row, promise)
    at_hand = rules().ladders.rules_for(case.area_id)
    row.next_at = ladder.look_at(promise, now=now, rules=at_hand, urgent=case.urgent)
    row.save()


def settle_due(case: Case) -> None:
    """Recomputes when the case is due next, from its clocks (saved by the caller)."""
    running = PromiseRow.objects.filter(case=case, state=PromiseRow.State.RUNNING)
    case.next_due = running.aggregate(first=Min("due"))["first"]


def enter(case: Case, state: State, at: datetime) -> None:
    """The case's state and the step phones show."""
    case.state = state
    case.steps = [*case.steps, {"at": at.isoformat(timespec="seconds"), "state": state.value}]


def record(
    case: Case,
    event: Event,
    *,
    actor: Actor,
    at: datetime,
    fields: Iterable[str] | None = (),
    occurred: datetime | None = None,
    feeds: list[str] | None = None,
    new: bool = False,
) -> UUID:
    """Saves the case under its next revision and writes the event.

    `fields`: names phones get as a patch; None when who sees it may have changed (they get it whole); an empty
    list when phones see nothing new (no revision, no feed). `new`: the case was inserted just now.
    """
    names = None if fields is None else list(fields)
    if names and MOVES_CLOCKS.intersection(names):
        names.append("due")
    seen = names is None or bool(names)
    if seen and not new:
        case.rev += 1
    if not new:
        case.save()
    id = append(
        replace(event, stands=_stands(case)) if isinstance(event, AboutCase) else event,
        actor=actor,
        at=at,
        occurred=occurred,
        areas=[case.area_id],
        feeds=(spreading.feeds_of(case) if feeds is None else feeds) if seen else (),
        rev=case.rev if seen else None,
        fields=names if seen else None,
    )
    if case.joined and seen:
        _tell_joined(case, id, actor, at)
    return id


def _stands(case: Case) -> dict[str, Any]:
    """How the case stands now, as the event keeps it: what figures are counted by, nothing of who said what."""
    return {
        "state": str(case.state),
        "unit": str(case.responsible_unit_id) if case.responsible_unit_id else "",
        "level": str(case.responsible_level),
        "area": case.area_id,
        "topic": case.topic,
        "kind": str(case.kind),
        "urgent": case.urgent,
        "outcome": str(case.outcome),
        "joined": case.same_as_id is not None,
        "complaint": case.complaint,
    }


def _tell_joined(main: Case, cause: UUID, actor: Actor, at: datetime) -> None:
    """Whoever reported the same thing sees what becomes of it, under their own case."""
    rows = Case.unscoped.because("cases joined to this one follow it").filter(same_as=main)
    for row in rows.select_for_update().order_by("id"):
        record(row, JoinedCaseMoved(subject_id=row.id, cause=str(cause)), actor=actor, at=at, fields=None)

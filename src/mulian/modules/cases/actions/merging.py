"""Joins a case to another that is about the same thing, and takes them apart again exactly."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.access.models import Placement
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.actions.freezing import all_names, frozen, thaw
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.domain import merging as rule
from mulian.modules.cases.domain import promises as clocks
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.receivers import Reason, Standing
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.events import CaseJoined, CasesParted, CaseTookIn
from mulian.modules.cases.models import Case, LadderStep, Merge, Pause, Promise, Receiver
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, holding, parts
from mulian.modules.cases.queries.rules import rules

DUPLICATE = (
    "state", "outcome", "closed_at", "steps", "next_due", "answered_at", "answer_text", "answer_voice",
    "answer_seconds", "family_solved", "stars",
)  # fmt: skip
"""What joining changes of the duplicate: it waits, closed, for what becomes of the main one."""
MAIN = ("urgent", "next_due")
LIVING = (Promise.State.RUNNING, Promise.State.PAUSED)


@transaction.atomic
def merge(*, case: UUID, into: UUID, actor: Actor, at: datetime) -> Case:
    """`case` is about what `into` is about: its reporter stays informed, the earliest clock wins, receivers unite.

    Raises `cases.not_joinable` for closed cases, complaints, chains and parts still owed.
    """
    opened = {id: _open(id, actor, at) for id in sorted({case, into})}
    if case == into:
        raise Problem(refusals.NOT_JOINABLE)
    duplicate, main = opened[case], opened[into]
    rule.check_join(_joinable(duplicate.case), _joinable(main.case))
    row = Merge(duplicate=duplicate.case, into=main.case, merged_at=at, merged_by_id=opening.named(actor))
    row.before = {
        "duplicate": frozen(duplicate.case, DUPLICATE),
        "main": frozen(main.case, MAIN),
        "promises": {str(p.pk): frozen(p, all_names(Promise)) for p in _clocks(case, into)},
    }
    row.added = {"promises": _clock(duplicate.case, main.case, at), **_receive(duplicate, main, at)}
    row.save()
    _tell(duplicate.case, main.case, actor, at)
    return main.case


@transaction.atomic
def unmerge(*, case: UUID, actor: Actor, at: datetime) -> Case:
    """They are two things after all: everything joining changed is as it was. Raises `cases.not_joined`."""
    found = _open(case, actor, at).case
    row = Merge.objects.filter(duplicate=case, undone_at__isnull=True).first()
    if row is None:
        raise Problem(refusals.NOT_JOINED)
    main = Case.unscoped.because("what was joined is parted").select_for_update().get(id=row.into_id)
    joined = Merge.objects.filter(into=main, undone_at__isnull=True).order_by("id")
    rule.check_part(case, list(joined.values_list("duplicate_id", flat=True)))
    _restore(row, found, main)
    _take_back(row, main, at)
    main.joined -= 1
    found.same_as = None
    row.undone_at, row.undone_by_id = at, opening.named(actor)
    row.save()
    writing.settle_due(main)
    writing.settle_due(found)
    writing.record(main, CasesParted(subject_id=main.id, other=found.number), actor=actor, at=at, fields=())
    event = CasesParted(subject_id=found.id, other=main.number)
    writing.record(found, event, actor=actor, at=at, fields=None)
    return found


def _open(case: UUID, actor: Actor, at: datetime) -> Opened:
    return opening.open_case(case, actor=actor, permission=Permission.SORT, at=at)


def _joinable(row: Case) -> rule.Joinable:
    return rule.Joinable(
        state=State(row.state),
        kind=row.kind,
        complaint=row.complaint,
        joined_to=row.same_as_id,
        joined=row.joined,
        owed_parts=parts.owed(row.id),
    )


def _clocks(*cases: UUID) -> list[Promise]:
    return list(Promise.objects.select_for_update().filter(case__in=cases).order_by("id"))


def _clock(duplicate: Case, main: Case, at: datetime) -> list[int]:
    """The main case runs under the earliest of both; the duplicate's clocks stand. Answers the ids of new rows."""
    held = {row.kind: row for row in _clocks(main.id)}
    main.urgent = main.urgent or duplicate.urgent
    added = []
    for row in _clocks(duplicate.id):
        if row.state not in LIVING:
            continue
        mine = held.get(row.kind)
        known = holding.promise_of(mine) if mine else None
        wins = rule.earliest(known, holding.promise_of(row))
        if wins is not None and (mine is None or mine.state in LIVING):
            kept = mine or Promise(case=main, kind=row.kind)
            writing.save_promise(main, kept, wins, at)
            added += [] if mine else [kept.pk]
        row.state, row.next_at = Promise.State.CANCELLED, None
        row.save()
    writing.settle_due(main)
    return added


def _receive(duplicate: Opened, main: Opened, at: datetime) -> dict[str, Any]:
    """Whoever had the duplicate has the main one too; answers which receivers and placements are new."""
    held, before = ground.roster(at), _placed(main.case)
    main.receivers = rule.unite(main.receivers, duplicate.receivers)
    new = writing.change_receivers(main.case, main.receivers, held, at)
    return {"receivers": [each.key for each in new], "places": sorted(_placed(main.case) - before)}


def _placed(case: Case) -> set[int]:
    rows = Placement.objects.filter(subject_kind=spreading.KIND, subject_id=case.id, valid_to__isnull=True)
    return set(rows.values_list("pk", flat=True))


def _tell(duplicate: Case, main: Case, actor: Actor, at: datetime) -> None:
    duplicate.same_as, duplicate.next_due = main, None
    duplicate.outcome, duplicate.closed_at, duplicate.state = "joined", at, State.CLOSED
    main.joined += 1
    took = CaseTookIn(subject_id=main.id, other=duplicate.number)
    id = writing.record(main, took, actor=actor, at=at, fields=("urgent", "due"))
    event = CaseJoined(subject_id=duplicate.id, other=main.number)
    writing.record(duplicate, event, actor=actor, at=at, fields=None)
    title = "Case %(number)s was joined to another"
    persons = [duplicate.reporter_id, duplicate.responsible_person_id]
    spreading.notify(duplicate, persons, kind="joined", title=title, key=f"joined:{id}", at=at, urgent=False)


def _restore(row: Merge, duplicate: Case, main: Case) -> None:
    """Clocks and columns as they were; what the main case has kept since then stays kept."""
    LadderStep.objects.filter(promise__in=row.added["promises"]).delete()
    Promise.objects.filter(pk__in=row.added["promises"]).delete()
    for promise in _clocks(duplicate.id, main.id):
        values = row.before["promises"].get(str(promise.pk))
        if values is None:
            continue
        met = promise.met_at if promise.case_id == main.id else None
        thaw(promise, values)
        if promise.case_id == main.id:
            _in_step(promise, main, met)
        promise.save()
    thaw(duplicate, row.before["duplicate"])
    thaw(main, row.before["main"])


def _in_step(promise: Promise, main: Case, met: datetime | None) -> None:
    """A clock of the main case as it would stand without the join: kept since then, waiting or not as the case does."""
    held, policy = holding.promise_of(promise), rules().policy
    since = Pause.objects.filter(case=main).order_by("-starts").first()
    if held.paused_at is not None and main.state != State.WAITING:
        ended = since.ends if since and since.ends else None
        held = clocks.resume(held, at=ended or met or held.paused_at, policy=policy, area=main.area_id)
    elif main.state == State.WAITING and since and clocks.may_pause(held, at=since.starts):
        held = clocks.pause(held, at=since.starts)
    if met and held.met_at is None:
        held = clocks.keep(held, at=met, policy=policy, area=main.area_id)
    if held != holding.promise_of(promise):
        writing.save_promise(main, promise, held, met or held.start)


def _take_back(row: Merge, main: Case, at: datetime) -> None:
    """Receivers and placements that came with the duplicate go; one that became responsible stays."""
    added = Receiver.objects.filter(
        case=main, key__in=row.added["receivers"], until__isnull=True, reason=Reason.JOINED
    )
    gone = set(added.exclude(standing=Standing.RESPONSIBLE).values_list("key", flat=True))
    Receiver.objects.filter(case=main, key__in=gone, until__isnull=True).update(until=at)
    if gone == set(row.added["receivers"]):
        Placement.objects.filter(pk__in=row.added["places"]).update(valid_to=at)

"""Counting running promises by a changed policy: asked for once, done in short parts, resumable at any moment.

What is left is whatever still names another version, so nothing has to be remembered: killed in the middle, the
next sweep goes on. A case somebody acts on at this moment is left for the next part.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mulian.core.access import scope
from mulian.core.database.batch import together
from mulian.core.database.rows import update_many
from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain import ladder, versions
from mulian.modules.cases.domain.replanning import Figures, Planner
from mulian.modules.cases.events import PromisesReplanned, ReplanningAsked
from mulian.modules.cases.models import Case, PolicyVersion, Promise, Replanning
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.replanning import LIVING, outdated, pauses_of, preview, subject
from mulian.modules.cases.queries.rules import rules

PART, PARTS = 50, 200
"""Cases of one transaction, which stays short so that no writer waits; parts of one run, so that other sweeps go on."""
CHANGED = ("policy", "version", "clock", "allotted", "due", "remind_at", "next_at", "paused", "state")
OTHER_VERSION = register(
    "cases.other_policy",
    409,
    "The county's policy has changed since this preview.",
    "Look at the new preview, then decide.",
)
RUNNING = register(
    "cases.replanning_runs", 409, "The promises are being counted again.", "Wait until it is done."
)


@transaction.atomic
def ask(*, version: str, actor: Actor, at: datetime) -> Replanning:
    """Decides that all running promises be counted by the policy `version`, which was looked at in a preview.

    Raises `cases.other_policy` when the county's policy is another one by now, `cases.replanning_runs`.
    """
    if actor is not SYSTEM:
        scope.require_any(actor, Permission.REPLAN)
    at_hand = rules()
    if version != at_hand.policy.version:
        raise Problem(OTHER_VERSION)
    if Replanning.objects.filter(done_at__isnull=True, version=version).exists():
        raise Problem(RUNNING)
    keep_version(at)
    figures = preview(at_hand.policy, at_hand.topics, at)
    made = Replanning.objects.create(id=uuid7(at), version=version, by=actor.person, asked_at=at)
    append(ReplanningAsked(subject_id=made.id, policy=version, before=vars(figures)), actor=actor, at=at)
    return made


def keep_version(now: datetime) -> int:
    """Keeps the policy of now under its name, so that its promises can be counted by it later. 1 when it was new."""
    policy = rules().policy
    _, new = PolicyVersion.objects.get_or_create(
        name=policy.version, defaults={"content": versions.content(policy), "since": now}
    )
    return int(new)


def sweep_replanning(now: datetime) -> int:
    """Does what was decided, part by part; returns how many promises were counted again."""
    keep_version(now)
    version = rules().policy.version
    Replanning.objects.filter(done_at__isnull=True).exclude(version=version).update(done_at=now)
    planning = Replanning.objects.filter(done_at__isnull=True, version=version).first()
    if planning is None:
        return 0
    done, last = 0, None
    for _ in range(PARTS):
        part = _next(version, last)
        if not part:
            break
        last = part[-1]
        done += _part(planning.id, part, now)
    if not outdated(version).exists():
        Replanning.objects.filter(id=planning.id).update(done_at=now)
    return done


def _next(version: str, last: UUID | None) -> list[UUID]:
    """The cases of the next part, after the last one."""
    rows = outdated(version).order_by("case_id")
    rows = rows.filter(case_id__gt=last) if last else rows
    return list(rows.values_list("case_id", flat=True).distinct()[:PART])


def _part(planning: UUID, cases: list[UUID], now: datetime) -> int:
    with transaction.atomic(), together():
        held = skip_locked(Case.unscoped.because("a policy holds for every case").filter(id__in=cases))
        found = {case.id: case for case in held}
        rows = list(Promise.objects.select_for_update().filter(case__in=list(found), state__in=LIVING))
        figures, moved = _plan(rows, found, now)
        update_many(rows, CHANGED)
        update_many(list(found.values()), ["next_due"])
        Replanning.objects.filter(id=planning).update(
            **{name: F(name) + number for name, number in vars(figures).items()}
        )
        event = PromisesReplanned(
            subject_id=planning, policy=rules().policy.version, promises=len(rows), moved=moved
        )
        append(event, actor=SYSTEM, at=now)
    return len(rows)


def _plan(rows: list[Promise], cases: dict[UUID, Case], now: datetime) -> tuple[Figures, list[list[str]]]:
    """Changes the rows in memory; answers what moved for the event."""
    at_hand, figures, moved = rules(), Figures(), []
    planner, pauses = Planner(at_hand.policy, at_hand.topics), pauses_of(list(cases))
    for row in rows:
        assert row.case_id is not None
        case, before, due = cases[row.case_id], holding.promise_of(row), row.due
        if row.version == at_hand.policy.version:
            continue
        after = planner.plan(before, subject(case), pauses.get(case.id, ()))
        figures.count(before, after, now)
        if after is None:
            row.state, row.next_at, row.version = Promise.State.CANCELLED, None, at_hand.policy.version
        else:
            holding.put(row, after)
            laddered = at_hand.ladders.rules_for(case.area_id)
            row.next_at = ladder.look_at(after, now=now, rules=laddered, urgent=case.urgent)
        if after is None or after.due != due:
            moved.append([str(case.id), row.kind, due.isoformat(), after.due.isoformat() if after else ""])
    first: dict[UUID | None, datetime] = {}
    for row in rows:
        if row.state == Promise.State.RUNNING:
            first[row.case_id] = min(row.due, first.get(row.case_id, row.due))
    for case in cases.values():
        case.next_due = first.get(case.id)
    return figures, moved

"""Counting running promises by a changed policy: asked for once, done in short parts, resumable at any moment.

What is left is whatever still names another version, or lacks a promise that the policy adds, so nothing has to be
remembered: killed in the middle, the next sweep goes on. A case somebody acts on at this moment is left for the next
part.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.actions import recounting
from mulian.modules.cases.domain import versions
from mulian.modules.cases.domain.replanning import Planner
from mulian.modules.cases.events import ReplanningAsked
from mulian.modules.cases.models import PolicyVersion, Replanning
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.owing import owing
from mulian.modules.cases.queries.replanning import outdated, preview
from mulian.modules.cases.queries.rules import rules

PART, PARTS = 50, 200
"""Cases of one transaction, which stays short so that no writer waits; parts of one run, so that other sweeps go on."""
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
    """Does what was decided, part by part; returns how many promises were counted again or added."""
    keep_version(now)
    version = rules().policy.version
    Replanning.objects.filter(done_at__isnull=True).exclude(version=version).update(done_at=now)
    planning = Replanning.objects.filter(done_at__isnull=True, version=version).first()
    if planning is None:
        return 0
    left, done = _left(planning), 0
    for first in range(0, min(len(left), PART * PARTS), PART):
        done += recounting.part(planning, left[first : first + PART], now)
    if not left:
        Replanning.objects.filter(id=planning.id).update(done_at=now)
    return done


def _left(planning: Replanning) -> list[UUID]:
    """Cases of one run that something is still to be done for.

    Each part does all that its cases lack, so what is only owed is looked for when little else is left.
    """
    counted = outdated(planning.version).order_by("version", "case").values_list("case_id", flat=True)
    found = set(counted[: PART * PARTS])
    if len(found) < PART * PARTS:
        at_hand = rules()
        planner = Planner(at_hand.policy, at_hand.topics)
        found.update(case for case, _ in owing(at_hand.policy, planner, since=planning.asked_at))
    return sorted(found)

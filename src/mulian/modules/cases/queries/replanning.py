"""What a changed policy would do to the promises that run: read only, before anything is applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mulian.core.access import scope
from mulian.core.access.models import Person
from mulian.kernel.actor import Actor
from mulian.kernel.periods import Period
from mulian.modules.cases.domain.policy_changes import Changes, changes
from mulian.modules.cases.domain.promises import Policy, PromiseKind
from mulian.modules.cases.domain.promises import Promise as Held
from mulian.modules.cases.domain.replanning import Figures, Planner, Subject
from mulian.modules.cases.domain.topics import Topics
from mulian.modules.cases.domain.versions import content
from mulian.modules.cases.models import Pause, PolicyVersion, Promise, Replanning
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.owing import owing
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.topics import usable_topic

LIVING = (Promise.State.RUNNING, Promise.State.PAUSED)
PART = 5000
"""Rows read at once by a preview."""
_FIELDS = (
    "case_id", "kind", "policy", "clock", "start", "allotted", "due", "remind_at", "extended", "paused", "version",
    "round", "paused_at", "case__area_id", "case__topic", "case__topic_by", "case__topic_confidence", "case__kind",
    "case__urgent",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the county's policy stands: its version, since when it is known, and what is still counted by others."""

    version: str
    since: datetime | None
    outdated: int
    changes: Changes
    running: Replanning | None
    last: Replanning | None
    decided_by: str


def standing(actor: Actor) -> Standing:
    """For the page of whoever may plan again."""
    scope.require_any(actor, Permission.REPLAN)
    version = rules().policy.version
    kept = PolicyVersion.objects.filter(name=version).first()
    plannings = Replanning.objects.order_by("-asked_at")
    last = plannings.filter(done_at__isnull=False).first()
    return Standing(
        version=version,
        since=kept.since if kept else None,
        outdated=outdated(version).count(),
        changes=_changes(version),
        running=plannings.filter(done_at__isnull=True).first(),
        last=last,
        decided_by=Person.objects.filter(id=last.by).values_list("name", flat=True).first() or ""
        if last
        else "",
    )


def _changes(version: str) -> Changes:
    """What the policy in force says differently from the newest other one that promises still run by."""
    others = PolicyVersion.objects.filter(name__in=_other_versions(version))
    before = others.order_by("-since").first()
    return changes(before.content, content(rules().policy)) if before else Changes()


def outdated(version: str) -> QuerySet[Promise]:
    """Promises that run and are counted by another version. Versions are few, so the index finds them."""
    others = _other_versions(version)
    return Promise.objects.filter(state__in=LIVING, case__isnull=False, version__in=others)


def _other_versions(version: str) -> list[str]:
    rows = Promise.objects.filter(state__in=LIVING, case__isnull=False).exclude(version=version)
    return list(rows.order_by("version").values_list("version", flat=True).distinct())


def preview(policy: Policy, topics: Topics, now: datetime) -> Figures:
    """What counting every running promise by `policy` would change at `now`; nothing is written."""
    figures, planner = Figures(), Planner(policy, topics)
    rows = outdated(policy.version)
    pauses = pauses_of(rows.values("case"))
    for held, case, of in _rows(rows):
        figures.count(held, planner.plan(held, of, pauses.get(case, ())), now)
    for _, after in owing(policy, planner, since=now):
        figures.add(after, now)
    return figures


def pauses_of(cases: Any) -> dict[UUID, list[Period]]:
    """The pauses that are over and stopped a clock, by case; `cases`: ids, or a query of them."""
    found: defaultdict[UUID, list[Period]] = defaultdict(list)
    rows = Pause.objects.filter(case__in=cases, ends__isnull=False, stopped=True).order_by("starts")
    for case, starts, ends in rows.values_list("case", "starts", "ends"):
        found[case].append(Period(starts, ends))
    return found


def _rows(rows: QuerySet[Promise]) -> Iterator[tuple[Held, UUID, Subject]]:
    for row in rows.values_list(*_FIELDS).iterator(PART):
        case, kind, rule, clock, start, allotted, due, remind, extended, paused, version, round, at, *of = row
        held = Held(
            kind=PromiseKind(kind), rule=rule, clock=clock, start=start, allotted=allotted, due=due,
            remind_at=remind, extended=extended, paused=paused, version=version, round=round, paused_at=at,
        )  # fmt: skip
        area, topic, by, confidence, sort, urgent = of
        yield (
            held,
            case,
            Subject(area=area, topic=usable_topic(topic, by, confidence), kind=sort, urgent=urgent),
        )

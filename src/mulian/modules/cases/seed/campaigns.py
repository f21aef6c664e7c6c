"""The demo's campaigns: begun by a leader, their banks filled with what the stories told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.core.access import actors
from mulian.core.packs import Pack
from mulian.core.packs.pack import Table
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.cases.actions import campaigns as acts
from mulian.modules.cases.actions import steps
from mulian.modules.cases.domain.outcomes import Outcome, Plan
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.models import BankEntry, Case
from mulian.modules.cases.queries.outcomes import leaders

OPEN_ENDS = (Outcome.PROJECT, Outcome.LONG)
"""What became of problems in work, in turn: not everything is solved at once."""


def campaigns(pack: Pack, at: datetime) -> int:
    """Begins what the pack names; answers how many."""
    rows = pack.part("campaigns").get("campaign", ())
    who = leaders(at)
    if who and (leader := actors.actor_of(UUID(who[0][0]), at)):
        for row in rows:
            _campaign(row, leader, at)
    return len(rows)


def _campaign(row: Table, leader: Actor, at: datetime) -> None:
    id = uuid5(NAMESPACE_URL, f"mulian:demo:campaign:{row['code']}")
    began, today = at - timedelta(days=row["days_before"]), at.astimezone(CN).date()
    acts.begin(
        id=id,
        name=row["name"]["zh"],
        area=row["area"],
        classes=row["classes"],
        lookers=row["lookers"],
        starts_on=began.astimezone(CN).date(),
        ends_on=today + timedelta(days=row["days_after"]),
        leader=leader.person,
        actor=leader,
        at=began,
    )
    for case in list(_cases(row)):
        acts.adopt(case=case.id, campaign=id, actor=leader, at=at)
    _settle(id, leader, at)


def _cases(row: Table) -> Iterator[Case]:
    """What the stories told of in its area and classes."""
    rows = Case.unscoped.because("the demo's own cases").filter(area__code__startswith=row["area"])
    for case in rows.order_by("received_at", "id"):
        if case.topic.partition(".")[0] in row["classes"] and not case.complaint and case.same_as_id is None:
            yield case


def _settle(id: UUID, leader: Actor, at: datetime) -> None:
    """Some of what is in work becomes a project or long work, with the leader in charge."""
    rows = BankEntry.objects.filter(campaign=id, case__state__in=[State.TAKEN, State.IN_WORK]).order_by(
        "case"
    )
    for entry, outcome in zip(rows.select_related("case")[:4], cycle(OPEN_ENDS)):
        review = (at + timedelta(days=60)).astimezone(CN).date()
        person = entry.case.responsible_person_id
        holder = actors.actor_of(person, at) if person else None
        if holder is not None:
            plan = Plan(outcome=outcome, leader=leader.person, review_on=review)
            steps.solve(case=entry.case_id, actor=holder, at=at, text="已列入计划", plan=plan)

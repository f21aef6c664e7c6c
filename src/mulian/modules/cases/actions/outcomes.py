"""Enters a case into the register of its outcome, reviews the entry, and reminds the leader in charge."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM, Actor, Role
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.domain import outcomes as rule
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.outcomes import Plan
from mulian.modules.cases.events import OutcomeEntered, OutcomeReviewDue, OutcomeReviewed
from mulian.modules.cases.models import Case, Outcome
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground
from mulian.modules.cases.queries.next_action import above_posting, acting_posting

BATCH = 100


def enter(row: Case, plan: Plan, actor: Actor, at: datetime) -> None:
    """Inside the act that solves: nothing for what is simply solved, else an entry with its leader in charge."""
    rule.check_plan(plan, at.astimezone(CN).date())
    row.outcome = plan.outcome
    if plan.leader is None or plan.review_on is None or plan.outcome is rule.Outcome.SOLVED:
        return
    if plan.leader not in {o.person for o in ground.roster(at).officers if o.role is Role.LEADER}:
        raise Problem(refusals.LEADER_NEEDED)
    entry = Outcome.objects.create(
        case=row,
        kind=plan.outcome,
        leader_id=plan.leader,
        review_on=plan.review_on,
        contractor=plan.contractor.strip()[:120],
        fund=plan.fund.strip()[:120],
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        address=plan.address.strip()[:300],
        made_at=at,
        made_by_id=opening.named(actor),
    )
    event = OutcomeEntered(
        subject_id=row.id, outcome=plan.outcome, person=str(plan.leader), review_on=plan.review_on.isoformat()
    )
    writing.record(row, event, actor=actor, at=at)
    title = "You are in charge of what becomes of case %(number)s"
    key = f"outcome:{entry.pk}"
    spreading.notify(row, [plan.leader], kind="outcome", title=title, key=key, at=at, urgent=False)


def leave(row: Case, actor: Actor, at: datetime, *, result: str) -> None:
    """Inside an act that opens the case again: its entry is done with, for this reason."""
    for entry in Outcome.objects.select_for_update().filter(case=row, done_at__isnull=True):
        _done(entry, row, actor, at, result)


@transaction.atomic
def review(
    *, case: UUID, actor: Actor, at: datetime, text: str, again_on: date | None = None
) -> Case:  # fmt: skip
    """The leader in charge (or whoever is responsible or above) looked at it: done, or to be looked at again.

    Raises `not_found` without an open entry, `cases.review_needed` for a bad day, `cases.not_in_charge`.
    """
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    row, given = opened.case, content(text=text)
    entry = Outcome.objects.select_for_update().filter(case=row, done_at__isnull=True).first()
    if entry is None:
        raise Problem("not_found")
    if entry.leader_id != actor.person and not (acting_posting(actor, row) or above_posting(actor, row)):
        raise Problem(refusals.NOT_IN_CHARGE)
    if not given.text:
        raise Problem(refusals.REASON_NEEDED)
    if again_on is None:
        _done(entry, row, actor, at, given.text)
        return row
    today = at.astimezone(CN).date()
    if not today < again_on <= today + rule.LONGEST:
        raise Problem(refusals.REVIEW_NEEDED)
    entry.review_on = again_on
    entry.save()
    event = OutcomeReviewed(subject_id=row.id, done=False, review_on=again_on.isoformat(), text=given.text)
    writing.record(row, event, actor=actor, at=at)
    return row


def _done(entry: Outcome, row: Case, actor: Actor, at: datetime, result: str) -> None:
    entry.done_at, entry.done_by_id, entry.result = at, opening.named(actor), result
    entry.save()
    event = OutcomeReviewed(subject_id=row.id, done=True, review_on=None, text=result)
    writing.record(row, event, actor=actor, at=at)


def sweep_reviews(now: datetime) -> int:
    """Reminds the leader in charge and the responsible one of every entry whose day has come, once a day named."""
    today, done = now.astimezone(CN).date(), 0
    while moved := _some(today, now):
        done += moved
    return done


def _some(today: date, now: datetime) -> int:
    due = Outcome.objects.filter(done_at__isnull=True, review_on__lte=today)
    due = due.exclude(told_for=F("review_on"), told_for__isnull=False)
    with transaction.atomic():
        found = list(due.select_for_update(of=("self",)).select_related("case").order_by("id")[:BATCH])
        for each in found:
            each.told_for = each.review_on
            each.save()
            _remind(each, now)
    return len(found)


def _remind(entry: Outcome, now: datetime) -> None:
    row = entry.case
    day = entry.review_on.isoformat()
    append(OutcomeReviewDue(subject_id=row.id, review_on=day), actor=SYSTEM, at=now, areas=[row.area_id])
    title = "Look again at what becomes of case %(number)s"
    persons, key = [entry.leader_id, row.responsible_person_id], f"review:{entry.pk}:{day}"
    spreading.notify(row, persons, kind="outcome", title=title, key=key, at=now, urgent=False)

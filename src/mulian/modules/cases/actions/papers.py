"""Papers of a service move: ready, taken along, handed over, back. Steps are taken. Each moment is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.areas.models import Unit
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening, services, writing
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain import services as rule
from mulian.modules.cases.domain.services import PaperState, Who
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.events import PaperMoved, ServiceStepDone
from mulian.modules.cases.models import Case, Service, ServicePaper, ServiceStep
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.next_action import above_posting, acting_posting
from mulian.modules.cases.queries.services import whole

SEEN = ("service",)
"""What phones get of it."""


@transaction.atomic
def move_papers(*, case: UUID, papers: Iterable[int], to: PaperState, actor: Actor, at: datetime) -> Case:
    """Marks where papers are now. What is there already stays as it was first said.

    Raises `not_found`, `cases.nothing_sent`, `cases.paper_order`, `cases.illegal_step` for a closed case.
    """
    opened = _open(case, actor, at)
    sent = Service.objects.get(case=case).sent
    wanted = set(papers)
    rows = list(ServicePaper.objects.filter(case=case, place__in=wanted).order_by("place"))
    if not wanted or len(rows) < len(wanted):
        raise Problem("not_found")
    moved = [row for row in rows if rule.move(PaperState(row.state), to, sent=sent)]
    for row in moved:
        _move(row, to, opened.case, actor, at)
    return opened.case


def _move(row: ServicePaper, to: PaperState, case: Case, actor: Actor, at: datetime) -> None:
    """Carried: by whoever says so. Handed over: to the office that settles."""
    row.state, row.since, row.by_id = to, at, actor.person
    row.holder_id = actor.person if to is PaperState.CARRIED else None
    row.unit_id = case.responsible_unit_id if to is PaperState.HANDED_OVER else None
    row.save()
    code = Unit.objects.get(id=row.unit_id).code if row.unit_id else None
    event = PaperMoved(subject_id=case.id, paper=row.name, paper_state=to, unit=code)
    told = writing.record(case, event, actor=actor, at=at, fields=SEEN)
    if to in (PaperState.NEEDED, PaperState.HANDED_OVER, PaperState.BACK):
        title = "Papers of service %(number)s moved on"
        services.tell(case, title=title, key=f"paper:{told}", besides=actor.person, at=at)


@transaction.atomic
def take_step(*, case: UUID, step: int, actor: Actor, at: datetime, done: bool = True) -> Case:
    """A step was taken, or (`done` false) was not after all. Steps of the owner are taken by whoever is responsible
    or above (`cases.not_your_step`).
    """
    opened = _open(case, actor, at)
    row = ServiceStep.objects.filter(case=case, place=step).first()
    if row is None:
        raise Problem("not_found")
    if row.who == Who.OWNER and not settles(opened.case, actor):
        raise Problem(rule.NOT_THE_STEPS)
    if done is (row.done_at is not None):
        return opened.case
    row.done_at, row.done_by_id = (at, actor.person) if done else (None, None)
    row.save()
    event = ServiceStepDone(subject_id=case, step=row.name, done=done)
    told = writing.record(opened.case, event, actor=actor, at=at, fields=SEEN)
    title = "Service %(number)s moved on"
    services.tell(opened.case, title=title, key=f"step:{told}", besides=actor.person, at=at)
    return opened.case


def settles(case: Case, actor: Actor) -> bool:
    """Whether the actor is responsible for the service or stands above."""
    return acting_posting(actor, case) is not None or above_posting(actor, case) is not None


def require_whole(case: Case, reason: str) -> None:
    """Before a service is solved: steps taken and papers back, or a reason why not (`cases.service_open`)."""
    if not reason.strip() and not whole(case):
        raise Problem(rule.SERVICE_OPEN)


def _open(case: UUID, actor: Actor, at: datetime) -> Opened:
    """The case under lock, when it is a service that goes on."""
    opened = opening.open_case(case, actor=actor, permission=Permission.SERVE, at=at)
    if opened.case.kind != "service":
        raise Problem("not_found")
    if opened.case.state == State.CLOSED:
        raise Problem(refusals.ILLEGAL_STEP, state=opened.case.state, verb="paper")
    return opened

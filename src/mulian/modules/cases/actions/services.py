"""A service is opened for a family: a case with papers and steps, owed an answer as every case is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.database.batch import later
from mulian.core.database.rows import insert
from mulian.core.packs import said
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import reporting, spreading, writing
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain import services as rule
from mulian.modules.cases.domain.services import PaperState
from mulian.modules.cases.events import ServiceOpened
from mulian.modules.cases.models import Case, Service, ServicePaper, ServiceStep
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules


@transaction.atomic
def open_service(*, id: UUID, actor: Actor, at: datetime, **given: Any) -> Case:
    """Opens one as `begin` does. The same id again answers the same case to whoever opened it."""
    scope.require_any(actor, Permission.SERVE)
    known = Case.unscoped.because("the same form sent twice").filter(id=id).first()
    if known is None:
        return begin(id=id, actor=actor, at=at, **given)
    if known.reporter_id != actor.person:
        raise Problem("not_found")
    return known


def begin(
    *, id: UUID, service: str, household: UUID | None, actor: Actor, at: datetime, text: str = "",
    voice: Voice | None = None, ready: Iterable[int] = (), door: str = "console",
    received_at: datetime | None = None, written_at: datetime | None = None,
) -> Case:  # fmt: skip
    """Inside the caller's transaction. `ready`: places of the papers the family has at hand.

    Raises `cases.unknown_service`, `cases.service_household`, `cases.foreign_household`.
    """
    scope.require_any(actor, Permission.SERVE)
    wanted = rule.service_named(rules().services, service)
    if household is None:
        raise Problem(rule.SERVICE_HOUSEHOLD)
    words = text.strip() or ("" if voice else said(wanted.name, actor.language))
    case = reporting.take_in(
        id=id, actor=actor, at=at, text=words, voice=voice,
        household=household, door=door, service=wanted, topic=wanted.topic, received_at=received_at,
        written_at=written_at,
    )  # fmt: skip
    later(_insert, _rows(case, wanted, set(ready), actor, case.received_at))
    event = ServiceOpened(
        subject_id=case.id, service=wanted.code, service_name=wanted.name, papers=len(wanted.papers)
    )
    writing.record(case, event, actor=actor, at=at, fields=(), new=True)
    return case


def _rows(
    case: Case, wanted: rule.Service, ready: set[int], actor: Actor, at: datetime
) -> list[Service | ServicePaper | ServiceStep]:
    about = Service(
        case=case,
        code=wanted.code,
        name=dict(wanted.name),
        owner=wanted.owner,
        carrier=wanted.carrier,
        sent=wanted.sent,
    )
    papers = [
        ServicePaper(case=case, place=n, name=dict(name), **(_ready(actor, at) if n in ready else {}))
        for n, name in enumerate(wanted.papers)
    ]
    steps = [
        ServiceStep(case=case, place=n, name=dict(step.name), who=step.who)
        for n, step in enumerate(wanted.steps)
    ]
    return [about, *papers, *steps]


def _ready(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"state": PaperState.READY, "since": at, "by_id": actor.person}


def _insert(batch: list[list[Service | ServicePaper | ServiceStep]]) -> None:
    """After the cases themselves: one statement for each table."""
    rows = [row for group in batch for row in group]
    for table in (Service, ServicePaper, ServiceStep):
        insert([row for row in rows if isinstance(row, table)])


def tell(case: Case, *, title: str, key: str, besides: UUID, at: datetime) -> None:
    """Whoever opened the service and whoever is responsible learn of it, but not the one who did it."""
    persons = [each for each in (case.reporter_id, case.responsible_person_id) if each != besides]
    spreading.notify(case, persons, kind="service", title=title, key=key, at=at, urgent=False)

"""Services on phones: the catalogue, what is opened and marked there, and how each service of a family stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from mulian.core.access import scope
from mulian.core.sync.bodies import VoiceBody
from mulian.core.sync.envelope import Envelope
from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import papers, services
from mulian.modules.cases.domain.services import PaperState, Service, Who
from mulian.modules.cases.events import SERVICES
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.services import View, hours, offered, views
from mulian.modules.cases.syncables.bodies import voice_of, words_of

REV = 1
"""Always the same: a phone takes a `put` of its own revision, and the newest put is the truth."""


class OpenBody(msgspec.Struct):
    """`cases.open_service`: `ready` are the places of the papers the family has at hand."""

    service: str
    household: UUID
    text: str | None = None
    voice: VoiceBody | None = None
    ready: list[int] = []


class PaperBody(msgspec.Struct):
    """`cases.move_paper`: where these papers are now."""

    case: UUID
    papers: list[int]
    to: PaperState


class StepBody(msgspec.Struct):
    """`cases.take_step`: it was taken, or was not after all."""

    case: UUID
    step: int
    done: bool = True


def apply_open(body: OpenBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Makes the case; its id is the command's."""
    case = services.begin(
        id=envelope.id,
        service=body.service,
        household=body.household,
        actor=envelope.actor,
        at=now,
        text=body.text or "",
        voice=voice_of(body.voice),
        ready=body.ready,
        door="phone",
        received_at=envelope.received_at,
        written_at=envelope.at,
    )
    return {"case": str(case.id), "number": case.number}


def apply_paper(body: PaperBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Moves papers of a service the phone's person sees."""
    papers.move_papers(case=body.case, papers=body.papers, to=body.to, actor=envelope.actor, at=now)
    return {"case": str(body.case)}


def apply_step(body: StepBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Takes a step of a service the phone's person sees."""
    papers.take_step(case=body.case, step=body.step, actor=envelope.actor, at=now, done=body.done)
    return {"case": str(body.case)}


def services_of(rows: Iterable[Case], language: str) -> dict[UUID, dict[str, Any]]:
    """case → {"service": …} of those that are one; nothing is read where none is."""
    found = views([row.id for row in rows if row.kind == "service"], language)
    return {id: {"service": _compact(view, language)} for id, view in found.items()}


def _compact(view: View, language: str) -> dict[str, Any]:
    """`with`: who has a paper that is not with the family. What is not said of a paper or step does not travel."""
    return {
        "code": view.code,
        "name": words_of(view.names, language),
        "sent": view.sent,
        "papers": [
            {"name": words_of(each.names, language), "state": each.state.value}
            | ({"at": _moment(each.since)} if each.since else {})
            | ({"with": each.holder or each.unit_name} if each.holder or each.unit_name else {})
            for each in view.papers
        ],
        "steps": [
            {"name": words_of(each.names, language), "who": each.who}
            | ({"at": _moment(each.done_at)} if each.done_at else {})
            for each in view.steps
        ],
    }


def visible_catalogue(actor: Actor, at: datetime) -> list[UUID]:
    """Whoever may open a service in the field holds the catalogue."""
    return [SERVICES] if _holds(actor) and offered() else []


def render_catalogue(
    ids: Iterable[UUID], actor: Actor, at: datetime
) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """The catalogue in the county's languages."""
    if SERVICES not in set(ids) or not _holds(actor):
        return {}
    return {SERVICES: (REV, {"services": [_offer(each, actor.language, at) for each in offered()]})}


def beside(subjects: Iterable[tuple[str, UUID]]) -> list[UUID]:
    """The catalogue goes with the duty, whatever that brings or takes."""
    return [SERVICES]


def _offer(service: Service, language: str, at: datetime) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": service.code,
        "name": words_of(service.name, language),
        "papers": [words_of(name, language) for name in service.papers],
        "steps": [{"name": words_of(step.name, language), "who": step.who.value} for step in service.steps],
        "hours": list(hours(service, at).spans),
    }
    optional = {
        "counter": not service.sent,
        "at": words_of(service.at, language) if service.at else {},
        "home": service.sent and all(step.who != Who.FAMILY for step in service.steps),
    }
    return data | {key: value for key, value in optional.items() if value}


def _holds(actor: Actor) -> bool:
    return scope.permitted(actor, Permission.SERVE) and scope.permitted(actor, Permission.CARRY)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")

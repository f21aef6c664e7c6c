"""What phones send about tasks and visits, and what they hold of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from mulian.core.packs import said as named
from mulian.core.sync.bodies import PhotoBody, PlaceBody, VoiceBody, photos_of, point_of
from mulian.core.sync.envelope import Envelope
from mulian.core.sync.wire import moment
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.kernel.text import language_of
from mulian.modules.tasks.actions.answering import answer
from mulian.modules.tasks.actions.said import Voice
from mulian.modules.tasks.actions.visiting import record_visit
from mulian.modules.tasks.domain.following import Aim, State
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.queries import lists, visits
from mulian.modules.tasks.queries.rules import duties


class AnswerBody(msgspec.Struct):
    """`tasks.answer`: `done` false means it could not be done; `value` is yes or no, or the number asked for."""

    task: UUID
    done: bool = True
    value: bool | float | None = None
    household: UUID | None = None
    text: str | None = None
    voice: VoiceBody | None = None
    photos: list[PhotoBody | str] = []


class VisitBody(msgspec.Struct):
    """`visits.record`: when (else when the command was written), where, and what was said."""

    household: UUID
    at: str | None = None
    place: PlaceBody | None = None
    text: str | None = None
    voice: VoiceBody | None = None
    photos: list[PhotoBody | str] = []
    needs_case: bool = False


def apply_answer(body: AnswerBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Takes the answer in, as authorised when it was written."""
    answer(
        task=body.task,
        actor=envelope.actor,
        at=now,
        done=body.done,
        value=body.value,
        household=body.household,
        text=body.text or "",
        voice=_voice(body.voice),
        photos=photos_of(body.photos),
        written=_written(envelope, now),
    )
    return {"task": str(body.task)}


def apply_visit(body: VisitBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Records a visit; its id is the command's."""
    visited = moment(body.at) if body.at else _written(envelope, now)
    if visited is None:
        raise Problem("sync.bad_body")
    record_visit(
        id=envelope.id,
        household=body.household,
        actor=envelope.actor,
        at=now,
        visited=visited,
        place=point_of(body.place),
        text=body.text or "",
        voice=_voice(body.voice),
        photos=photos_of(body.photos),
        needs_case=body.needs_case,
    )
    return {"visit": str(envelope.id)}


def visible_tasks(actor: Actor, at: datetime) -> list[UUID]:
    """The phone's person's own tasks: open, or answered a short while ago."""
    return lists.on_phone(actor, at)


def render_tasks(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """The compact form phones hold, of those that wait for this person, or were answered or taken back lately."""
    held = [id for id in lists.on_phone(actor, at) if id in set(ids)]
    rows = Task.unscoped.because("the phone's own, found in scope").select_related("issuer_unit", "issuer")
    mine: dict[UUID, list[Assignment]] = {}
    for part in lists.held_parts(actor.person, held).order_by("due_at", "id"):
        mine.setdefault(part.task_id, []).append(part)
    return {
        row.id: (
            row.rev + sum(part.rev for part in mine[row.id]),
            _compact(row, mine[row.id], actor.language),
        )
        for row in rows.filter(id__in=held)
    }


def _compact(row: Task, parts: list[Assignment], language: str) -> dict[str, Any]:
    """What is empty does not travel; `households` says who is still to do."""
    waiting = [part for part in parts if part.state == State.OPEN]
    voice = {"sha256": row.voice, "seconds": row.voice_seconds} if row.voice else None
    data: dict[str, Any] = {
        "title": row.title,
        "due": _time(max(part.due_at for part in parts)),
        "asks": row.asks,
    }
    optional = {
        "text": row.text,
        "translation": _other(row),
        "voice": voice,
        "from": row.issuer_unit.name(language) if row.issuer_unit else row.issuer.name,
        "urgent": row.urgent,
        "households": [str(p.household) for p in waiting] if row.aim == Aim.HOUSEHOLDS else None,
        "answer": None if waiting else _answer(row, parts[0]),
        "withdrawn": _withdrawn(row) if row.withdrawn_at else None,
    }
    return data | {key: value for key, value in optional.items() if value}


def _other(row: Task) -> dict[str, str] | None:
    """The same words in the other language; which of the two is shown first is the phone's page language's choice."""
    if not row.other_title:
        return None
    found = {"language": row.other_language, "title": row.other_title, "text": row.other_text}
    return {key: value for key, value in found.items() if value}


def _withdrawn(row: Task) -> dict[str, Any]:
    """When it was taken back and why, in the other language too as soon as it is there."""
    found: dict[str, Any] = {"at": _time(row.withdrawn_at), "reason": row.reason}
    if row.other_reason:
        found["translation"] = {"language": language_of(row.other_reason), "reason": row.other_reason}
    return found


def _answer(row: Task, part: Assignment) -> dict[str, Any]:
    """What was answered. An app that knows no `withdrawn` reads here that a task taken back waits for nothing."""
    if row.withdrawn_at:
        return {"at": _time(row.withdrawn_at), "done": False}
    found = {"at": _time(part.answered_at), "done": part.done, "yes": part.yes, "number": part.number}
    return {key: value for key, value in found.items() if value is not None}


def visible_visits(actor: Actor, at: datetime) -> list[UUID]:
    """One list of visits due, the liaison's own."""
    return [actor.person] if visits.due_for(actor, at) else []


def render_visits(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """Families with the day of their next visit, soonest first, as [household, day, duty]; and the duties' names."""
    rows = visits.due_for(actor, at) if actor.person in set(ids) else []
    return {actor.person: (1, _visits(rows, actor.language))} if rows else {}


def _visits(rows: list[visits.Fresh], language: str) -> dict[str, Any]:
    due = [[str(row.household), _day(row.due.at), row.due.duty] for row in rows if row.due]
    used = {code for _, _, code in due}
    return {"due": due, "duties": {d.code: named(d.name, language) for d in duties() if d.code in used}}


def _time(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _day(at: datetime) -> str:
    return at.astimezone(CN).date().isoformat()


def _written(envelope: Envelope, now: datetime) -> datetime:
    """The phone's own time; a clock that runs ahead of the server wrote it at arrival."""
    return min(envelope.at, envelope.received_at, now)


def _voice(body: VoiceBody | None) -> Voice | None:
    return Voice(sha256=body.sha256, seconds=body.seconds) if body else None

"""One text of the interpreters' queue: how it waits, is taken, put back, written. Called inside an act."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import subjects
from mulian.modules.cases.actions.subjects import TASK, Subject
from mulian.modules.cases.domain.translating import due_in
from mulian.modules.cases.events import (
    NoticeClaimed,
    NoticeReleased,
    TranslationClaimed,
    TranslationReleased,
)
from mulian.modules.cases.models import Translation
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules

State = Translation.State


def wait(row: Translation, subject: Subject, at: datetime) -> None:
    """It waits, from now on; a machine may be asked where nothing is confidential."""
    row.urgent, row.confidential = subject.urgent, subject.confidential
    row.state, row.claimed_by_id, row.claimed_at, row.back_at = State.WAITING, None, None, None
    row.asked_at, row.due_at = at, at + due_in(rules().desk, urgent=subject.urgent)
    row.suggestion, row.suggested_by = "", ""
    row.ask_machine_at = None if subject.confidential else at


def end(row: Translation, text: str) -> None:
    """Nobody needs the other language any more: nothing is owed, and what stands beside a new text is outdated."""
    row.outdated = row.outdated or (bool(row.text) and row.original != text)
    row.original, row.state = text, State.DONE
    row.claimed_by_id = row.back_at = row.ask_machine_at = None
    row.save()


def take(row: Translation, actor: Actor, at: datetime, until: datetime) -> None:
    """Somebody has it until then."""
    row.state, row.claimed_by_id, row.claimed_at, row.back_at = State.CLAIMED, actor.person, at, until
    row.save()
    event = NoticeClaimed if row.subject_kind == TASK else TranslationClaimed
    append(event(**told(row)), actor=actor, at=at, areas=[_area(row)])


def put_back(row: Translation, actor: Actor, at: datetime, *, late: bool) -> None:
    """It waits again, as long as before."""
    row.state, row.claimed_by_id, row.claimed_at, row.back_at = State.WAITING, None, None, None
    row.save()
    event = NoticeReleased if row.subject_kind == TASK else TranslationReleased
    append(event(**told(row), late=late), actor=actor, at=at, areas=[_area(row)])


def write(row: Translation, text: str, actor: Actor, at: datetime) -> None:
    """Its translation stands."""
    row.text, row.outdated, row.state = text, False, State.DONE
    row.written_by_id, row.written_at = actor.person, at
    row.claimed_by_id = row.claimed_at = row.back_at = row.ask_machine_at = None
    row.versions += 1
    row.save()


def opened(translation: UUID, actor: Actor, at: datetime) -> Translation:
    """The text under lock, for somebody who may translate it. Raises `not_found`."""
    scope.require_any(actor, Permission.TRANSLATE)
    row = Translation.objects.select_for_update(of=("self",)).filter(id=translation).first()
    if row is None:
        raise Problem("not_found")
    scope.require(actor, Permission.TRANSLATE, kind=row.subject_kind, id=row.subject_id, at=at)
    return row


def told(row: Translation) -> dict[str, Any]:
    """What every fact about it says."""
    return {
        "subject_id": row.subject_id,
        "translation": str(row.id),
        "piece": str(row.piece),
        "target": row.target,
    }


def _area(row: Translation) -> str:
    return subjects.area_of(row.subject_kind, row.subject_id)

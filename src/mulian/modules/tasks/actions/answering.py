"""The answer of a liaison, by phone, or written down for them by an officer above."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mulian.core.access import actors, scope
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.tasks.actions import following
from mulian.modules.tasks.actions.parts import KIND
from mulian.modules.tasks.actions.said import Said, Voice, keep, said
from mulian.modules.tasks.domain.asking import Answer, Asks, Value, fault
from mulian.modules.tasks.domain.following import Aim, Release, State
from mulian.modules.tasks.events import TaskAnswered
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.permissions import Permission

LATEST_WRITING = timedelta(days=90)
"""How long a phone may carry what was written before it counts as written now."""


@transaction.atomic
def answer(
    *, task: UUID, actor: Actor, at: datetime, done: bool = True, value: Value = None, text: str = "",
    voice: Voice | None = None, photos: Iterable[str] = (), household: UUID | None = None,
    written: datetime | None = None,
) -> Task:  # fmt: skip
    """One's own answer, for all of one's parts of the task, or for one household's.

    `written` is when the phone wrote it: what was written in time is in time, and what a former liaison wrote while
    in charge is taken. A later answer replaces the earlier one; the log keeps both.
    """
    row = _authorised(task, actor, at, written)
    mine = (
        Assignment.unscoped.because("one's own parts")
        .select_for_update()
        .filter(task=task, person=actor.person)
    )
    parts = [part for part in mine.order_by("id") if _answerable(part, household, written or at)]
    if not parts:
        raise Problem("not_found")
    given = said(text=text, voice=voice, photos=photos)
    _take(row, parts, given, done, value, actor=actor, at=at, written=written)
    return row


@transaction.atomic
def answer_for(
    *, assignment: UUID, actor: Actor, at: datetime, done: bool = True, value: Value = None, text: str = ""
) -> Task:
    """What somebody said on the telephone or at the door, written down by an officer over their area."""
    rows = Assignment.unscoped.because("authorised by its area below").select_for_update()
    part = rows.filter(id=assignment).first()
    if part is None:
        raise Problem("not_found")
    scope.require(actor, Permission.WATCH, kind=KIND, id=part.task_id, at=at)
    scope.require_area(actor, Permission.ISSUE, part.area_id)
    if part.state == State.RELEASED:
        raise Problem("not_found")
    row = Task.unscoped.because("its part was authorised").get(id=part.task_id)
    _take(row, [part], said(text=text), done, value, actor=actor, at=at, written=None)
    return row


def _authorised(task: UUID, actor: Actor, at: datetime, written: datetime | None) -> Task:
    """The task, if the actor may answer it now, or might when it was written."""
    if not scope.can(actor, Permission.ANSWER, kind=KIND, id=task, at=at):
        then = (
            written
            and at - LATEST_WRITING <= written <= at
            and actors.actor_then(actor.person, written, actor.device)
        )
        if not then or written is None:
            raise Problem("not_found")
        scope.require(then, Permission.ANSWER, kind=KIND, id=task, at=written)
    return Task.unscoped.because("authorised above").get(id=task)


def _answerable(part: Assignment, household: UUID | None, written: datetime) -> bool:
    """Every part of one's own; after leaving the area only what was written before.

    Who could not know that the task was withdrawn, or that a colleague had answered, is not refused.
    """
    if household is not None and part.household != household:
        return False
    return part.released_as != Release.LEFT or (part.released_at is not None and written < part.released_at)


def _take(
    task: Task, parts: list[Assignment], given: Said, done: bool, value: Value, *, actor: Actor, at: datetime,
    written: datetime | None,
) -> None:  # fmt: skip
    said_aloud = given.voice is not None
    offered = Answer(done=done, value=value, words=given.words, spoken=said_aloud, photos=len(given.photos))
    wrong = fault(Asks(task.asks), offered)
    if wrong:
        raise Problem(wrong)
    keep(given, kind=KIND, id=task.id, role="answer", permission=Permission.WATCH, actor=actor, at=at)
    closed = [part for part in parts if part.state == State.RELEASED]
    for part in parts:
        _put(part, given, done, value, actor, at, written)
    _record(task, parts, given, actor, at, written)
    if (closed or task.aim == Aim.HOUSEHOLDS) and task.withdrawn_at is None:
        following.settle(task, at)


def _put(
    part: Assignment,
    given: Said,
    done: bool,
    value: Value,
    actor: Actor,
    at: datetime,
    written: datetime | None,
) -> None:
    """The first answer's moment stays: a correction makes nobody late."""
    plausible = written is not None and part.assigned_at <= written <= at
    part.answered_at = part.answered_at or (written if plausible else at)
    part.answered_by, part.state, part.next_at = actor.person, State.ANSWERED, None
    part.done = done
    part.yes = value if isinstance(value, bool) and done else None
    part.number = float(value) if value is not None and not isinstance(value, bool) and done else None
    _say(part, given, own=actor.person == part.person_id)
    part.rev += 1
    part.save()


def _say(part: Assignment, given: Said, *, own: bool) -> None:
    """One's own later answer replaces the earlier; what an officer writes down stands beside what was said aloud."""
    if own or given.text:
        part.text = given.text
    if own or given.photos:
        part.photos = list(given.photos)
    if own or given.voice:
        part.voice = given.voice.sha256 if given.voice else ""
        part.voice_seconds = given.voice.seconds if given.voice else None


def _record(
    task: Task, parts: list[Assignment], given: Said, actor: Actor, at: datetime, written: datetime | None
) -> None:
    first = parts[0]
    assert first.answered_at is not None
    event = TaskAnswered(
        subject_id=task.id,
        for_person=str(first.person_id),
        area=first.area_id,
        done=bool(first.done),
        late=first.answered_at > first.due_at,
        again=first.rev > 2,
        number=first.number,
        yes=first.yes,
        voices=1 if given.voice else 0,
        photos=len(given.photos),
        text=given.text,
    )
    append(
        event,
        actor=actor,
        at=at,
        occurred=written,
        areas=sorted({part.area_id for part in parts}),
        feeds=[feeds.of_person(first.person_id)],
    )

"""Issues a task: who receives it, one row each, one event for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.access import placing, scope
from mulian.core.areas.codes import within
from mulian.core.areas.models import Area
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.notify.actions import tell
from mulian.kernel.actor import Actor, Posting, Role
from mulian.kernel.problems import Problem
from mulian.modules.households import public as households
from mulian.modules.tasks.actions import parts
from mulian.modules.tasks.actions.parts import KIND, Given
from mulian.modules.tasks.actions.said import Said, Voice, keep, said
from mulian.modules.tasks.domain import wording
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.domain.refusals import DUE, HOUSEHOLD, NOBODY, ROLE, TAKEN, TITLE_NEEDED
from mulian.modules.tasks.events import TaskIssued
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.permissions import Permission
from mulian.modules.tasks.queries import serving
from mulian.modules.tasks.queries.wordings import by_title

TITLE_LIMIT = 120
LONGEST = timedelta(days=366)


@transaction.atomic
def issue(
    *, id: UUID, title: str, area: str, due: datetime, asks: Asks, actor: Actor, at: datetime,
    aim: Aim = Aim.AREA, role: str = Role.LIAISON, text: str = "", voice: Voice | None = None,
    urgent: bool = False, people: Iterable[UUID] = (), households: Iterable[UUID] = (), other_title: str = "",
    other_text: str = "",
) -> Task:  # fmt: skip
    """Sends a task to everybody of a role in an area, to named people there, or to the liaisons of households.

    `other_title`, `other_text`: the same in the other language; where they are empty interpreters are asked.
    The same id again answers the task it made. Raises the Problem that names what is wrong.
    """
    scope.require_area(actor, Permission.ISSUE, area)
    known = Task.unscoped.because("the same form sent twice").filter(id=id).first()
    if known is not None:
        return _again(known, actor)
    words = said(text=text, voice=voice)
    _check(title.strip(), area, due, role, at)
    other = wording.other(title, words.text, other_title, other_text)
    given = _given(Aim(aim), role, area, tuple(people), tuple(households), actor, at)
    task = _task(id, title.strip(), area, due, asks, Aim(aim), role, urgent, words, other, actor, at)
    rows = parts.give(task, given, at)
    _place_issuer(task, actor, at)
    keep(words, kind=KIND, id=id, role="task_voice", permission=Permission.VIEW, actor=actor, at=at)
    _announce(task, rows, actor, at)
    return task


def _again(known: Task, actor: Actor) -> Task:
    if known.issuer_id != actor.person:
        raise Problem(TAKEN)
    return known


def _check(title: str, area: str, due: datetime, role: str, at: datetime) -> None:
    if not title or len(title) > TITLE_LIMIT:
        raise Problem(TITLE_NEEDED)
    if not at < due <= at + LONGEST:
        raise Problem(DUE)
    if role not in serving.ASKED:
        raise Problem(ROLE)
    if not Area.objects.filter(code=area, valid_to__isnull=True).exists():
        raise Problem("areas.unknown")


def _given(
    aim: Aim,
    role: str,
    area: str,
    people: tuple[UUID, ...],
    named: tuple[UUID, ...],
    actor: Actor,
    at: datetime,
) -> list[Given]:
    """Who receives it; raises when that is nobody."""
    if aim is Aim.HOUSEHOLDS:
        found = _of_households(named, area, actor, at)
    else:
        held = serving.in_area(role, area, at)
        found = [Given(person, code) for code in sorted(held) for person in sorted(held[code], key=str)]
        found = [part for part in found if aim is Aim.AREA or part.person in people]
    found = [part for part in found if part.person != actor.person]
    if not found:
        raise Problem(NOBODY)
    return found


def _of_households(named: tuple[UUID, ...], area: str, actor: Actor, at: datetime) -> list[Given]:
    """One part for every liaison of each family; families one may not see, or that live elsewhere, are refused."""
    wanted = tuple(dict.fromkeys(named))
    seen = households.brief(wanted, actor, at)
    served = serving.of_households(wanted, at)
    if len(seen) < len(wanted) or not all(within(served[id][0], area) for id in wanted):
        raise Problem(HOUSEHOLD)
    return [Given(person, served[id][0], id) for id in wanted for person in sorted(served[id][1], key=str)]


def _task(
    id: UUID, title: str, area: str, due: datetime, asks: Asks, aim: Aim, role: str, urgent: bool, words: Said,
    other: wording.Words, actor: Actor, at: datetime,
) -> Task:  # fmt: skip
    posting = _duty(actor, area)
    return Task.unscoped.create(
        id=id,
        title=title,
        text=words.text,
        other_language=other.language,
        other_title=other.title,
        other_text=other.text,
        voice=words.voice.sha256 if words.voice else "",
        voice_seconds=words.voice.seconds if words.voice else None,
        aim=aim,
        area_id=area,
        role=Role.LIAISON if aim is Aim.HOUSEHOLDS else role,
        asks=Asks(asks),
        urgent=urgent,
        issuer_id=actor.person,
        issuer_unit_id=posting.unit if posting else None,
        issued_at=at,
        due_at=due,
    )


def _duty(actor: Actor, area: str) -> Posting | None:
    """The duty under which it is issued: the narrowest that reaches the area."""
    reach = [p for p in scope.granting(actor, Permission.ISSUE) if within(area, p.area)]
    return max(reach, key=lambda p: len(p.area), default=None)


def _place_issuer(task: Task, actor: Actor, at: datetime) -> None:
    """A department sees what it sent, by its unit (and each of the officer's topics)."""
    posting = _duty(actor, task.area_id)
    if posting is None or posting.unit is None:
        return
    counts_as = "department" if posting.role is Role.DEPARTMENT_OFFICER else "handling"
    places = [
        placing.Place(task.area_id, counts_as, posting.unit, topic) for topic in posting.topics or ("",)
    ]
    placing.place(kind=KIND, id=task.id, places=places, at=at)


def _announce(task: Task, rows: list[Assignment], actor: Actor, at: datetime) -> None:
    persons = sorted({row.person_id for row in rows}, key=str)
    issued = TaskIssued(
        subject_id=task.id,
        area=task.area_id,
        aim=task.aim,
        role=task.role,
        asks=task.asks,
        urgent=task.urgent,
        due=task.due_at.isoformat(timespec="seconds"),
        people=len(persons),
        unit=str(task.issuer_unit_id) if task.issuer_unit_id else None,
    )
    append(issued, actor=actor, at=at, areas=[task.area_id], feeds=[feeds.of_person(p) for p in persons])
    notify(
        task, persons, kind="issued", title=N_("New task: %(title)s"), key="issued", at=at, urgent=task.urgent
    )


def notify(
    task: Task,
    persons: Iterable[UUID],
    *,
    kind: str,
    title: str,
    key: str,
    at: datetime,
    urgent: bool = False,
) -> None:
    """Tells each person once under a key of the task, by its title in their language."""
    for shown, group in by_title(task, persons).items():
        tell(
            persons=group,
            kind=f"tasks.{kind}",
            title=title,
            params={"title": shown},
            link=f"/tasks/{task.id}/",
            subject_kind=KIND,
            subject_id=task.id,
            urgent=urgent,
            key=f"task:{task.id}:{key}",
            at=at,
        )

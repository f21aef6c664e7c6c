"""The lists of tasks: within the actor's scope, with how they stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.tasks.domain.following import Release, State
from mulian.modules.tasks.domain.standing import Standing, Word, standing
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.permissions import Permission

SHOWN = ("running", "late", "done", "withdrawn", "all")
"""What a list may be narrowed to."""
ON_PHONE = timedelta(days=7)
"""How long an answered task stays on the phone."""
_FIELDS = ("task_id", "area_id", "household", "state", "due_at", "done", "yes", "number")


@dataclass(frozen=True)
class Line:
    """A task with how it stands where the actor sees it, and the actor's own part."""

    task: Task
    standing: Standing
    mine: Assignment | None


def tasks(actor: Actor, at: datetime, *, shown: str = "running", mine: bool = False) -> QuerySet[Task]:
    """Tasks the actor sees, soonest due first; what is done or withdrawn newest first."""
    rows = Task.objects.visible_to(actor, Permission.VIEW, at=at).select_related(
        "issuer_unit", "area", "issuer"
    )
    parts = _parts(actor).filter(task=OuterRef("pk"), state=State.OPEN)
    late = parts.filter(due_at__lte=at)
    if mine:
        rows = rows.filter(Q(issuer=actor.person) | Q(issuer_unit__in=actor.units))
    match shown:
        case "running":
            return rows.filter(Exists(parts), withdrawn_at__isnull=True).order_by("due_at", "id")
        case "late":
            return rows.filter(Exists(late), withdrawn_at__isnull=True).order_by("due_at", "id")
        case "done":
            return rows.filter(~Exists(parts), withdrawn_at__isnull=True).order_by("-issued_at", "-id")
        case "withdrawn":
            return rows.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "-id")
    return rows.order_by("-issued_at", "-id")


def task(id: UUID, actor: Actor, at: datetime) -> Task | None:
    """One task, if the actor may see it."""
    rows = Task.objects.visible_to(actor, Permission.VIEW, at=at, among=[id])
    return rows.select_related("issuer_unit", "area", "issuer").first()


def lines(rows: Sequence[Task], actor: Actor, at: datetime) -> list[Line]:
    """How each task stands within the actor's reach; two queries for any number."""
    ids = [row.id for row in rows]
    seen: dict[UUID, list[Word]] = {id: [] for id in ids}
    for found in _parts(actor).filter(task__in=ids).values_list(*_FIELDS):
        seen[found[0]].append(_word(found[1:]))
    own = {part.task_id: part for part in parts_of(actor.person, ids).order_by("-due_at", "id")}
    return [Line(row, standing(seen[row.id], at), own.get(row.id)) for row in rows]


def words(id: UUID, actor: Actor) -> list[Word]:
    """Everybody's part of one task within the actor's reach; the caller has checked the task."""
    rows = _parts(actor).filter(task=id).order_by("area_id", "id").values_list(*_FIELDS)
    return [_word(found[1:]) for found in rows]


def parts(id: UUID, actor: Actor, *, area: str = "") -> QuerySet[Assignment]:
    """The parts of one task within the actor's reach, of one area: late ones first, then open, then answered."""
    rows = _parts(actor).filter(task=id).exclude(state=State.RELEASED)
    rows = rows.filter(area__code__startswith=area) if area else rows
    return rows.select_related("person", "area").order_by("-state", "due_at", "area_id", "person_id", "id")


def parts_of(person: UUID, tasks: Iterable[UUID]) -> QuerySet[Assignment]:
    """One's own parts: open and answered."""
    return held_parts(person, tasks).exclude(state=State.RELEASED)


def held_parts(person: UUID, tasks: Iterable[UUID]) -> QuerySet[Assignment]:
    """The same with those that were taken back with their task."""
    rows = Assignment.unscoped.because("one's own parts of tasks").filter(person=person, task__in=list(tasks))
    return rows.exclude(Q(state=State.RELEASED) & ~Q(released_as=Release.WITHDRAWN))


def on_phone(actor: Actor, at: datetime) -> list[UUID]:
    """Tasks the phone holds: those to answer, and those answered or taken back a short while ago."""
    rows = Assignment.unscoped.because("one's own parts of tasks").filter(person=actor.person)
    held = rows.filter(Q(state=State.OPEN) | Q(state=State.ANSWERED, answered_at__gt=at - ON_PHONE))
    ids = set(held.filter(task__withdrawn_at__isnull=True).values_list("task_id", flat=True))
    taken = rows.filter(state=State.RELEASED, released_as=Release.WITHDRAWN, released_at__gt=at - ON_PHONE)
    ids.update(taken.values_list("task_id", flat=True))
    return list(
        Task.objects.visible_to(actor, Permission.CARRY, at=at, among=ids).values_list("id", flat=True)
    )


def waiting(actor: Actor, at: datetime) -> int:
    """How many tasks wait for the actor's own answer."""
    rows = Assignment.unscoped.because("one's own parts of tasks").filter(
        person=actor.person, state=State.OPEN
    )
    return rows.values("task_id").distinct().count()


def _parts(actor: Actor) -> QuerySet[Assignment]:
    """Parts the actor may look at inside tasks they see: their own, and in their areas those of the roll-up."""
    rows = Assignment.unscoped.because("inside tasks the actor sees, in the areas of their duties")
    below = scope.inside(actor, Permission.WATCH, area="area", unit="task__issuer_unit")
    return rows.filter(Q(person=actor.person) | below)


def _word(found: Sequence[object]) -> Word:
    area, household, state, due, done, yes, number = found
    return Word(
        area=str(area),
        about=str(household or area),
        state=State(str(state)),
        due=due,  # type: ignore[arg-type]
        done=done,  # type: ignore[arg-type]
        yes=yes,  # type: ignore[arg-type]
        number=number,  # type: ignore[arg-type]
    )

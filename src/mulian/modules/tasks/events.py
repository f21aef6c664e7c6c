"""Facts about tasks and visits. Words that people said are personal: stored apart, erasable by law."""

from __future__ import annotations

from dataclasses import dataclass, field

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutTask(Event):
    subject_kind = "task"


@dataclass(frozen=True, kw_only=True)
class TaskIssued(_AboutTask):
    """A task went out to `people` persons (one event, however many)."""

    name = "tasks.issued"
    area: str
    aim: str
    role: str
    asks: str
    urgent: bool
    due: str
    people: int
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class TaskReworded(_AboutTask):
    """Its words are there in the other language too."""

    name = "tasks.reworded"
    personal = frozenset({"title", "text"})
    language: str
    title: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskReasonReworded(_AboutTask):
    """Why it was taken back is there in the other language too."""

    name = "tasks.reason_reworded"
    personal = frozenset({"reason"})
    language: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TaskAnswered(_AboutTask):
    """Somebody answered. `for_person` differs from the actor when an officer wrote it down for them."""

    name = "tasks.answered"
    personal = frozenset({"text"})
    for_person: str
    area: str
    done: bool
    late: bool
    again: bool
    number: float | None = None
    yes: bool | None = None
    voices: int = 0
    photos: int = 0
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskNear(_AboutTask):
    """The due time is near for these persons."""

    name = "tasks.near"
    persons: list[str]


@dataclass(frozen=True, kw_only=True)
class TaskOverdue(_AboutTask):
    """The due time has passed for these persons."""

    name = "tasks.overdue"
    persons: list[str]


@dataclass(frozen=True, kw_only=True)
class TaskFollowed(_AboutTask):
    """Liaisons came or left, or a family moved: who has the task now and who no longer."""

    name = "tasks.followed"
    given: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class TaskWithdrawn(_AboutTask):
    """The task is taken back; what was answered stays."""

    name = "tasks.withdrawn"
    personal = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class VisitRecorded(Event):
    """A family was visited. `needs_case`: it asked for something that a report will say."""

    name = "visits.recorded"
    subject_kind = "visit"
    personal = frozenset({"household", "text"})
    household: str
    needs_case: bool
    voices: int = 0
    photos: int = 0
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitsChanged(Event):
    """The list of visits due of one person changed: a visit, a move, a hand-over."""

    name = "visits.changed"
    subject_kind = "visits"


@dataclass(frozen=True, kw_only=True)
class TasksSeeded(Event):
    """Synthetic tasks and visits were written (demo and tests only)."""

    name = "tasks.seeded"
    subject_kind = "area"
    tasks: int
    visits: int

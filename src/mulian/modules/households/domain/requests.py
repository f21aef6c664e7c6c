"""What a family may ask of its own record, and the clock of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from mulian.kernel.worktime import Calendar, after
from mulian.modules.households.domain.catalogue import Item, Label, Side

FIELDS = ("name", "name_bo", "phone")
"""Details of a household that may be put right."""
MEMBER_FIELDS = ("name", "name_bo", "birth_year", "phone")
OTHER = "other"
"""What no field of the record names: a person does it by hand."""


class Kind(StrEnum):
    """PIPL Art. 45 see, 46 correct, 47 delete, 44 restrict, 15 withdraw consent."""

    SEE = "see"
    CORRECT = "correct"
    DELETE = "delete"
    RESTRICT = "restrict"
    WITHDRAW = "withdraw"


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class Extent(StrEnum):
    """How much is deleted: what was told for help; all that no duty keeps; everything, once the family has left."""

    HELP = "help"
    FACTS = "facts"
    WHOLE = "whole"


class Standing(StrEnum):
    """How an open request stands by its clock."""

    IN_TIME = "in_time"
    NEAR = "near"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One thing that may be asked, as the county's pack says. Days are working days."""

    kind: Kind
    name: Label
    days: int
    near_days: int
    step_days: int
    rule: Label


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """Items and papers that a duty keeps, and the article that orders it."""

    name: Label
    rule: Label
    items: frozenset[str]
    documents: frozenset[str]


@dataclass(frozen=True)
class Rights:
    """All of it, and where a family may complain."""

    askings: Mapping[Kind, Asking]
    keepings: tuple[Keeping, ...]
    complaints: tuple[Label, ...]

    @property
    def kept_items(self) -> frozenset[str]:
        return frozenset[str]().union(*(one.items for one in self.keepings))

    @property
    def kept_documents(self) -> frozenset[str]:
        return frozenset[str]().union(*(one.documents for one in self.keepings))


@dataclass(frozen=True)
class Steps:
    """When who answers is reminded, when the answer is due, when the one above is told."""

    near: datetime
    due: datetime
    over: datetime

    def following(self, step: int) -> datetime | None:
        """When something happens next after so many steps; None: nothing more."""
        return (self.near, self.due, self.over, None)[min(step, 3)]

    def standing(self, at: datetime) -> Standing:
        if at >= self.due:
            return Standing.LATE
        return Standing.NEAR if at >= self.near else Standing.IN_TIME


def steps(asking: Asking, calendar: Calendar, at: datetime) -> Steps:
    """The clock of a request taken down at `at`."""
    day = calendar.day
    due = after(calendar, at, asking.days * day)
    return Steps(
        near=after(calendar, at, max(asking.days - asking.near_days, 0) * day),
        due=due,
        over=after(calendar, due, asking.step_days * day),
    )


@dataclass(frozen=True)
class Target:
    """What a correction is about: an item and its subject, a detail of the household, a detail of a member."""

    what: str
    code: str = ""
    subject: UUID | None = None

    def __str__(self) -> str:
        return ":".join((self.what, self.code, str(self.subject or "")))


def target(text: str) -> Target | None:
    """`item:<code>:<subject>`, `field:<name>:`, `member:<name>:<id>` or `other::`; None for anything else."""
    what, _, rest = text.partition(":")
    code, _, subject = rest.partition(":")
    try:
        found = Target(what, code, UUID(subject) if subject else None)
    except ValueError:
        return None
    allowed = {
        "item": bool(code),
        "field": code in FIELDS and not subject,
        "member": code in MEMBER_FIELDS and bool(subject),
        OTHER: not code and not subject,
    }
    return found if allowed.get(what) else None


def answering_side(entry: Item | None) -> Side:
    """Who owns a fact answers for it; all else is answered where the family is registered."""
    return entry.owner if entry else Side.REGISTERED

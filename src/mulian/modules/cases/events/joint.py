"""Facts about work that several share: offices called in, what they answered."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.modules.cases.events.case import AboutCase, Told, _Handed


@dataclass(frozen=True, kw_only=True)
class CaseDisputed(_Handed):
    """The responsible unit says it is not theirs and knows not whose; the county decides within its own clock."""

    name = "cases.disputed"


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(_Handed):
    """The county decided whose it is; it is not handed back."""

    name = "cases.assigned"


@dataclass(frozen=True, kw_only=True)
class Whistled(AboutCase):
    """Departments were called in, each with clocks of its own; `asked` is what they are needed for."""

    name = "cases.whistled"
    personal = frozenset({"text"})
    receivers: Told
    text: str


@dataclass(frozen=True, kw_only=True)
class _AboutPart(AboutCase):
    """One office's part of the case."""

    unit: str


@dataclass(frozen=True, kw_only=True)
class PartReportedIn(_AboutPart):
    """Somebody of the office called in is on it."""

    name = "cases.part_reported_in"


@dataclass(frozen=True, kw_only=True)
class PartAnswered(_AboutPart):
    """The office said what it did."""

    name = "cases.part_answered"
    personal = frozenset({"text"})
    text: str = ""
    voices: int = 0
    photos: int = 0


@dataclass(frozen=True, kw_only=True)
class PartLetGo(_AboutPart):
    """The case goes on without the office, for the reason given."""

    name = "cases.part_let_go"
    personal = frozenset({"text"})
    text: str


@dataclass(frozen=True, kw_only=True)
class PartDue(_AboutPart):
    """A step of the part's own ladder (absent, near, overdue): who owes it and who leads were told."""

    name = "cases.part_due"
    step: str
    due: str


@dataclass(frozen=True, kw_only=True)
class CaseJoined(AboutCase):
    """It is about what another case is about and goes on there; `other` is that one's number."""

    name = "cases.joined"
    other: str


@dataclass(frozen=True, kw_only=True)
class CaseTookIn(AboutCase):
    """Another report of the same thing was joined to it."""

    name = "cases.took_in"
    other: str


@dataclass(frozen=True, kw_only=True)
class CasesParted(AboutCase):
    """They were two things after all; everything is as before they were joined."""

    name = "cases.parted"
    other: str


@dataclass(frozen=True, kw_only=True)
class JoinedCaseMoved(AboutCase):
    """The case it was joined to went on; its own reporter sees that. `cause` is that event."""

    name = "cases.joined_moved"
    cause: str

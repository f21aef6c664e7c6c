"""Facts about reports that came or went through other doors."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event
from mulian.modules.cases.events.case import AboutCase


@dataclass(frozen=True, kw_only=True)
class HandedElsewhere(AboutCase):
    """It stands in another system too, under that system's number (empty: not given yet)."""

    name = "cases.handed_elsewhere"
    system: str
    number: str


@dataclass(frozen=True, kw_only=True)
class HeardFromElsewhere(AboutCase):
    """The other system said something new about it."""

    name = "cases.heard_from_elsewhere"
    personal = frozenset({"text"})
    system: str
    status: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class _AboutHeld(Event):
    subject_kind = "held"


@dataclass(frozen=True, kw_only=True)
class ReportHeld(_AboutHeld):
    """A report of the public page met a limit and waits for an officer; `because` names the limit."""

    name = "cases.report_held"
    because: str


@dataclass(frozen=True, kw_only=True)
class HeldReportDecided(_AboutHeld):
    """An officer took it in or put it aside, with the reason."""

    name = "cases.held_report_decided"
    personal = frozenset({"reason"})
    state: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StewardAsked(AboutCase):
    """Somebody asked at the public page who serves a family. What they said of it is personal."""

    name = "cases.steward_asked"
    personal = frozenset({"number", "called", "phone", "reach"})
    village: str
    language: str
    number: str = ""
    called: str = ""
    phone: str = ""
    reach: str = ""


@dataclass(frozen=True, kw_only=True)
class MonthPublished(Event):
    """A month of public figures was made; it never changes again."""

    name = "cases.month_published"
    subject_kind = "month"
    since: str
    lines: int

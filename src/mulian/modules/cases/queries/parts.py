"""The parts of a case as the rules see them, and as a page or a program shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from mulian.kernel.actor import Actor, Role
from mulian.modules.cases.domain import parts as rule
from mulian.modules.cases.domain.parts import OWED, PartState
from mulian.modules.cases.domain.promises import Promise as Clock
from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.models import Case, Part
from mulian.modules.cases.queries.words import PART_CLOCKS, PART_STATES

_SHOWN = ("unit", "person", "whistler", "caller", "reported_in_by")


@dataclass(frozen=True, kw_only=True)
class ClockView:
    """One clock of a part, in the form the clock component takes."""

    title: str
    start: datetime
    due: datetime
    met: datetime | None
    state: str


@dataclass(frozen=True, kw_only=True)
class PartView:
    """A part in words. `mine`: the reader's office owes it."""

    unit: str
    unit_name: str
    person_name: str
    whistler_name: str
    asked: str
    state: str
    state_words: str
    called_at: datetime
    report_in: ClockView
    reported_in_at: datetime | None
    reported_in_by: str
    clock: ClockView
    answer: str
    answered_at: datetime | None
    let_go_because: str
    mine: bool


def domain(row: Part) -> rule.Part:
    """The stored row as the rules see it."""
    first = _clock(
        row, PromiseKind.TAKE, row.report_allotted, row.report_due, row.report_due, row.reported_in_at
    )
    last = _clock(row, PromiseKind.ANSWER, row.allotted, row.due, row.remind_at, row.answered_at)
    return rule.Part(state=PartState(row.state), report_in=first, answer=last)


def _clock(
    row: Part, kind: PromiseKind, allotted: object, due: datetime, remind_at: datetime, met: datetime | None
) -> Clock:
    return Clock(
        kind=kind,
        rule=f"whistle-{kind}",
        clock=row.clock,
        start=row.called_at,
        allotted=allotted,  # type: ignore[arg-type]
        due=due,
        remind_at=remind_at,
        met_at=met,
    )


def states(case: UUID) -> list[PartState]:
    """The state of every part the case ever had."""
    return [PartState(each) for each in Part.objects.filter(case=case).values_list("state", flat=True)]


def owed(case: UUID) -> bool:
    """Whether an office called in has not answered."""
    return Part.objects.filter(case=case, state__in=sorted(OWED)).exists()


def owed_by(case: UUID, units: Iterable[UUID]) -> list[Part]:
    """Parts these offices owe, the earliest first."""
    rows = Part.objects.filter(case=case, state__in=sorted(OWED), unit__in=list(units))
    return list(rows.select_related("unit").order_by("id"))


def offices(actor: Actor) -> list[UUID]:
    """The offices an actor works in; a leader reads and supervises."""
    return [p.unit for p in actor.postings if p.unit and p.role is not Role.LEADER]


def part_views(case: Case, actor: Actor, at: datetime, language: str) -> list[PartView]:
    """Who was called in, in the order of the whistles."""
    mine = set(offices(actor))
    rows = Part.objects.filter(case=case).select_related(*_SHOWN).order_by("id")
    return [_view(row, at, language, mine) for row in rows]


def _view(row: Part, at: datetime, language: str, mine: set[UUID]) -> PartView:
    return PartView(
        unit=row.unit.code,
        unit_name=row.unit.name(language),
        person_name=row.person.name if row.person else "",
        whistler_name=row.whistler.name(language) if row.whistler else row.caller.name if row.caller else "",
        asked=row.asked,
        state=row.state,
        state_words=gettext(PART_STATES[row.state]),
        called_at=row.called_at,
        report_in=_shown("report_in", row, row.report_due, row.reported_in_at, at),
        reported_in_at=row.reported_in_at,
        reported_in_by=row.reported_in_by.name if row.reported_in_by else "",
        clock=_shown("answer", row, row.due, row.answered_at, at),
        answer=row.answer,
        answered_at=row.answered_at,
        let_go_because=row.let_go_because,
        mine=row.unit_id in mine and row.state in OWED,
    )


def _shown(name: str, row: Part, due: datetime, met: datetime | None, at: datetime) -> ClockView:
    if met:
        state = "late" if met > due else "met"
    elif row.state not in OWED:
        state = "cancelled"
    else:
        state = "missed" if at >= due else "running"
    return ClockView(title=gettext(PART_CLOCKS[name]), start=row.called_at, due=due, met=met, state=state)

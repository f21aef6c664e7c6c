"""Services as pages and phones show them: the catalogue, one service's papers and steps, what is under way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from mulian.core.packs import said
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.cases.domain import services as rule
from mulian.modules.cases.domain.services import Carrier, Names, Owner, PaperState, Service
from mulian.modules.cases.domain.states import OPEN
from mulian.modules.cases.models import Case, ServicePaper, ServiceStep
from mulian.modules.cases.models import Service as Row
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules

SHOWN = 60
LOOK_AHEAD = 21
"""Days within which the next open day is looked for; the longest holiday has nine."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper in words; `holder` or `unit_name` has it, else the family."""

    place: int
    name: str
    names: Names
    state: PaperState
    since: datetime | None
    by: str
    holder: str
    unit_name: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step in words; `mine`: whose turn it is may be this reader's (decided by the action)."""

    place: int
    name: str
    names: Names
    who: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, kw_only=True)
class View:
    """One service of one family. `now` is the first step not taken."""

    code: str
    name: str
    names: Names
    owner: Owner
    carrier: Carrier
    sent: bool
    papers: list[Paper]
    steps: list[Step]

    @property
    def now(self) -> Step | None:
        return next((each for each in self.steps if each.done_at is None), None)

    @property
    def done(self) -> int:
        return sum(each.done_at is not None for each in self.steps)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When it is open: today's spans as written, and the next day it is."""

    today: tuple[str, ...]
    next_day: date | None
    spans: tuple[str, ...]


def whole(case: Case) -> bool:
    """Whether nothing of a service is left: every step taken, every paper back; what is no service always is."""
    if case.kind != "service":
        return True
    steps = ServiceStep.objects.filter(case=case).values_list("done_at", flat=True)
    papers = ServicePaper.objects.filter(case=case).values_list("state", flat=True)
    return rule.whole(steps_done=[at is not None for at in steps], papers=[PaperState(p) for p in papers])


def offered() -> list[Service]:
    """The county's catalogue, in the pack's order."""
    return list(rules().services.values())


def hours(service: Service, at: datetime) -> Hours:
    """By the pack's calendar, holidays and make-up days included; round the clock has neither."""
    calendar = rules().policy.calendars[service.calendar]
    today = at.astimezone(CN).date()
    ahead = (today + timedelta(days=n) for n in range(1, LOOK_AHEAD))
    spans = tuple(f"{_clock(start)}-{_clock(end)}" for start, end in calendar.hours)
    opens = calendar.works_on(today)
    return Hours(
        today=spans if opens else (),
        next_day=next((day for day in ahead if calendar.works_on(day)), None),
        spans=spans,
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def views(cases: Iterable[UUID], language: str) -> dict[UUID, View]:
    """case → its service; three queries for any number. The caller has the cases in scope."""
    ids = list(cases)
    if not ids:
        return {}
    rows = list(Row.objects.filter(case__in=ids))
    named = ("by", "holder", "unit")
    papers: defaultdict[UUID, list[Paper]] = defaultdict(list)
    for paper in ServicePaper.objects.filter(case__in=ids).select_related(*named).order_by("place"):
        papers[paper.case_id].append(_paper(paper, language))
    steps: defaultdict[UUID, list[Step]] = defaultdict(list)
    for step in ServiceStep.objects.filter(case__in=ids).select_related("done_by").order_by("place"):
        steps[step.case_id].append(_step(step, language))
    return {row.case_id: _view(row, papers[row.case_id], steps[row.case_id], language) for row in rows}


def _view(row: Row, papers: list[Paper], steps: list[Step], language: str) -> View:
    return View(
        code=row.code,
        name=said(row.name, language),
        names=row.name,
        owner=Owner(row.owner),
        carrier=Carrier(row.carrier),
        sent=row.sent,
        papers=papers,
        steps=steps,
    )


def _paper(row: ServicePaper, language: str) -> Paper:
    return Paper(
        place=row.place,
        name=said(row.name, language),
        names=row.name,
        state=PaperState(row.state),
        since=row.since,
        by=row.by.name if row.by else "",
        holder=row.holder.name if row.holder else "",
        unit_name=row.unit.name(language) if row.unit else "",
    )


def _step(row: ServiceStep, language: str) -> Step:
    return Step(
        place=row.place,
        name=said(row.name, language),
        names=row.name,
        who=row.who,
        done_at=row.done_at,
        done_by=row.done_by.name if row.done_by else "",
    )


def under_way(actor: Actor, at: datetime, code: str = "") -> list[Case]:
    """Services in the actor's scope that are not closed, what is due first."""
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at).filter(
        kind="service", state__in=sorted(OPEN)
    )
    rows = rows.filter(service__code=code) if code else rows
    return list(
        rows.select_related("responsible_unit", "responsible_person", "area").order_by("next_due", "id")[
            :SHOWN
        ]
    )

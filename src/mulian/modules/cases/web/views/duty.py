"""The duty board: what must not be missed, on a screen that hangs on a wall."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.sync.quarantine import mark_seen as mark_refusal_seen
from mulian.core.ui import live
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import steps
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import duty, held, mass
from mulian.modules.cases.web.showing import intake
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.rows import Row, rows
from mulian.modules.cases.web.views.submitting import go

SILENT = 12


@requires(Permission.DUTY)
@require_safe
def board(request: Any) -> HttpResponse:
    """Alarms, newest reports, what phones sent that is no case, overdue, silent phones, vacant posts."""
    return _board(request)


def _board(request: Any) -> HttpResponse:
    actor, at = request.actor, request.at
    found = duty.board(actor, at)
    alarms, newest, overdue = _lines(found, actor, at)
    context = {
        "board": found,
        "alarms": alarms,
        "mass": mass.open_events(actor, language()),
        "newest": newest,
        "overdue": overdue,
        "unprocessed": intake.unprocessed(actor, at) if found.unprocessed else [],
        "silent": intake.silent(actor, at)[:SILENT],
        "vacancies": duty.vacancies(actor, at, language()),
        "may_work": scope.permitted(actor, Permission.WORK),
        "now": at,
        "held_back": held.count(actor, at),
    }
    return render(request, "cases/duty.html", context)


def _lines(found: duty.Board, actor: Actor, at: datetime) -> tuple[list[Row], list[Row], list[Row]]:
    """The lines of the three lists, a case that stands in several read once."""
    lists = (found.alarms, found.newest, found.overdue)
    cases = {case.id: case for each in lists for case in each}
    known = {row.case.id: row for row in rows(list(cases.values()), actor, at)}
    alarms, newest, overdue = ([known[case.id] for case in each] for each in lists)
    return alarms, newest, overdue


@requires(Permission.DUTY)
@require_safe
def board_live(request: Any) -> HttpResponse:
    """One number that changes when the board does; asked every second."""
    number = duty.board_number(request.actor, request.at)
    return live.answer(request, number, alarms=duty.alarms(request.actor, request.at))


@requires(Permission.DUTY)
@require_POST
def take(request: Any, id: UUID) -> HttpResponse:
    """One press: the case is this officer's, the alarm stops."""
    scope.require_any(request.actor, Permission.WORK)
    steps.take(case=id, actor=request.actor, at=request.at)
    return _board(request) if request.htmx else go(request, reverse("cases_duty"))


@requires(Permission.DUTY)
@require_safe
def quarantine(request: Any) -> HttpResponse:
    """Reports that could not be used, with the reason, and word for word for who may read reports."""
    raw = scope.permitted(request.actor, Permission.SORT)
    seen = bool(request.GET.get("seen"))
    found = intake.refused(request.actor, request.at, raw=raw, seen=seen)
    return render(request, "cases/quarantine.html", {"refused": found, "seen": seen, "may_read": raw})


@requires(Permission.DUTY)
@require_POST
def mark_seen(request: Any, id: UUID) -> HttpResponse:
    """An officer has looked at it; it leaves the board and stays in the list."""
    if intake.one_refused(id, request.actor, request.at) is None:
        raise Problem("not_found")
    mark_refusal_seen(command=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_quarantine"))

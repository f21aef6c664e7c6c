"""Who listens when: a week by languages and watches, edited by keyboard, its gaps shown before they come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.permissions import Permission as Keeping
from mulian.core.access.views import requires
from mulian.core.ui.problems import title
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import rota
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import rota as reading
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, go


@requires(Permission.ROTA)
@require_safe
def week(request: Any) -> HttpResponse:
    """The week of a day, in one language, with the cell that is being edited."""
    return _page(request, request.GET)


@requires(Keeping.ROTA)
@require_POST
def edit(request: Any) -> HttpResponse:
    """Puts on, takes off, gives or swaps; the same cell is shown again."""
    given = request.POST
    try:
        _do(given, request)
    except Problem as problem:
        if problem.status != NOT_RIGHT:
            raise
        return _page(request, given, wrong=title(problem))
    day, watch = _cell(given)
    where = f"?week={day}&language={_language(given)}#cell-{day}-{watch}"
    return go(request, reverse("cases_rota") + where)


def _do(given: Any, request: Any) -> None:
    who = {"actor": request.actor, "at": request.at}
    match given.get("do"):
        case "on":
            day, watch = _cell(given)
            language = "" if given.get("any") else _language(given)
            rota.put_on(person=_id(given, "person"), language=language, day=day, watch=watch, **who)
        case "off":
            rota.take_off(shift=_id(given, "shift"), **who)
        case "give":
            rota.give(shift=_id(given, "shift"), to=_id(given, "person"), **who)
        case "swap":
            rota.swap(one=_id(given, "shift"), other=_id(given, "other"), **who)
        case _:
            raise Problem("invalid")


def _page(request: Any, given: Any, wrong: str = "") -> HttpResponse:
    at, language = request.at, _language(given)
    first = reading.monday(_day(given.get("week", "")) or at.astimezone(CN).date())
    context = {
        "days": reading.week(first, language, at),
        "watches": [reading.span(first, each) for each in rules().desk.watches],
        "language": language,
        "spoken": rules().desk.languages,
        "first": first,
        "last": first + timedelta(days=reading.DAYS - 1),
        "before": first - timedelta(days=reading.DAYS),
        "after": first + timedelta(days=reading.DAYS),
        "gaps": reading.coming_gaps(at, at + rules().desk.warned),
        "may_listen": scope.permitted(request.actor, Permission.LISTEN),
        "may_edit": scope.permitted(request.actor, Keeping.ROTA),
        "wrong": wrong,
        **_editing(given, language, request.actor, at),
    }
    return render(request, "cases/rota.html", context, status=NOT_RIGHT if wrong else 200)


def _editing(given: Any, language: str, actor: Actor, at: Any) -> dict[str, Any]:
    """The cell in hand, for who may edit it."""
    if not given.get("day") or not scope.permitted(actor, Keeping.ROTA):
        return {"cell": None}
    day, watch = _cell(given)
    cell = reading.cell(day, watch, language, at)
    there = {each.person for each in cell.on}
    return {
        "cell": cell,
        "free": [each for each in reading.able(at) if each.id not in there],
        "swaps": {each.shift: reading.swaps(each.shift, at) for each in cell.on},
    }


def _cell(given: Any) -> tuple[date, int]:
    try:
        watch = int(given.get("watch", ""))
        day = date.fromisoformat(given.get("day", ""))
    except ValueError as error:
        raise Problem("invalid") from error
    if not 0 <= watch < len(rules().desk.watches):
        raise Problem("not_found")
    return day, watch


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _language(given: Any) -> str:
    known = rules().desk.languages
    chosen: str = given.get("language", "")
    return chosen if chosen in known else known[0]


def _id(given: Any, name: str) -> UUID:
    try:
        return UUID(given.get(name, ""))
    except ValueError as error:
        raise Problem("cases.no_listener" if name == "person" else "invalid") from error

"""Families by their last visit: who was not visited for how long, and who is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.areas import queries as areas
from mulian.core.files.queries import attached
from mulian.core.packs import said as named
from mulian.kernel.problems import Problem
from mulian.modules.households import public as households
from mulian.modules.tasks.permissions import Permission
from mulian.modules.tasks.queries.rules import duties
from mulian.modules.tasks.queries.visits import Fresh, fresh, paid
from mulian.modules.tasks.web import words
from mulian.modules.tasks.web.forms import VisitsForm

PER_PAGE = 50


@requires(Permission.FRESH)
@require_safe
def visits(request: Any) -> HttpResponse:
    """The families of one's own ledger, never visited first."""
    form = VisitsForm(request.GET or None, places=words.places(request.actor, Permission.FRESH))
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    every = fresh(request.actor, request.at, area=given.get("area") or "")
    chosen = _older(every, given.get("days"), request)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(list(page.object_list), request),
        "never": sum(row.visited is None for row in every),
        "due": sum(row.due is not None and row.due.at <= request.at for row in every),
        "families": len(every),
        "duties": [{"name": named(duty.name, words.language()), "days": duty.days} for duty in duties()],
        "narrowed": bool(given.get("area") or given.get("days")),
    }
    return render(request, "tasks/visits.html", context)


@requires(Permission.FRESH)
@require_safe
def family(request: Any, id: UUID) -> HttpResponse:
    """The visits to one family, newest first: what was brought and said, never how the family lives."""
    known = households.brief([id], request.actor, request.at).get(id)
    if known is None:
        raise Problem("not_found")
    sounds = {each.sent: each for each in attached(subject_kind="household", subject_id=id)}
    rows = [
        {
            "visit": visit,
            "voice": sounds.get(visit.voice),
            "photos": [sounds[name] for name in visit.photos if name in sounds],
        }
        for visit in paid(id, request.actor, request.at)
    ]
    context = {"household": known, "called": known.called(words.language()), "rows": rows}
    return render(request, "tasks/family.html", context)


def _older(rows: list[Fresh], days: int | None, request: Any) -> list[Fresh]:
    """Those whose last visit lies further back; never visited counts as for ever."""
    limit = request.at - timedelta(days=days or 0)
    return [row for row in rows if not days or row.visited is None or row.visited <= limit]


def _rows(rows: list[Fresh], request: Any) -> list[dict[str, Any]]:
    known = households.brief([row.household for row in rows], request.actor, request.at)
    codes = {row.area for row in rows} | {row.area[:12] for row in rows}
    places = areas.names(codes, words.language())
    titles = {duty.code: named(duty.name, words.language()) for duty in duties()}
    return [
        {
            "household": known[row.household],
            "called": known[row.household].called(words.language()),
            "village": places.get(row.area[:12], ""),
            "grid": places.get(row.area, "") if len(row.area) > 12 else "",
            "visited": row.visited,
            "due": row.due,
            "duty": titles.get(row.due.duty, "") if row.due else "",
            "late": row.due is not None and row.due.at <= request.at,
        }
        for row in rows
        if row.household in known
    ]

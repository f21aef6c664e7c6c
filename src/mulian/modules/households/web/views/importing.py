"""Bringing a table: the file, its columns, a look at what it would do, decisions, taking over, taking back."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas.queries import names as area_names
from mulian.core.ui.pages import page
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households.actions import importing
from mulian.modules.households.actions.importing import Bringing, mapping
from mulian.modules.households.domain.catalogue import Source
from mulian.modules.households.domain.importing.titles import FAMILY_STATES, TABLE_STATES
from mulian.modules.households.models import Import
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import feeds as feed_queries
from mulian.modules.households.queries import importing as queries
from mulian.modules.households.web import import_showing, places
from mulian.modules.households.web.import_forms import HeadingsForm, MeaningsForm, TableForm
from mulian.modules.households.web.views.pages import refused

METHODS = ["GET", "HEAD", "POST"]
FAMILIES_A_PAGE = 30
State = Import.State


@requires(Permission.IMPORT)
@require_safe
def tables(request: Any) -> HttpResponse:
    """The tables brought for one's own area."""
    shown = page(request, queries.visible(request.actor).exclude(state=State.DISCARDED))
    rows = list(shown.object_list)
    names = area_names({row.area_id for row in rows}, get_language() or "zh-hans")
    lines = [
        {"row": row, "area": names.get(row.area_id, row.area_id), "state": gettext(TABLE_STATES[row.state])}
        for row in rows
    ]
    feeds = [
        {
            "feed": one.feed,
            "last": one.last,
            "problem": import_showing.sentence(one.last.problem) if one.last and one.last.problem else "",
        }
        for one in feed_queries.standings(request.actor)
    ]
    context = {"page": shown, "rows": lines, "feeds": feeds}
    return render(request, "households/importing/tables.html", context)


@requires(Permission.IMPORT)
@require_http_methods(METHODS)
def bring(request: Any) -> HttpResponse:
    """A file and what it is for."""
    areas = places.reached(request.actor, Permission.IMPORT, get_language() or "zh-hans")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TableForm(*posted, areas=areas, initial={"id": uuid7()})
    if form.is_valid():
        try:
            row = _taken(form.cleaned_data, request)
        except Problem as problem:
            if not problem.code.startswith(("sheets.", "households.import")):
                raise
            form.add_error("file", f"{gettext(problem.title)} {gettext(problem.meaning.next_step)}")
        else:
            return _to(row.id)
    status = 422 if form.is_bound else 200
    return render(request, "households/importing/bring.html", {"form": form}, status=status)


def _taken(given: dict[str, Any], request: Any) -> Import:
    about = Bringing(
        area=given["area"],
        source=given["source"],
        purpose=given["purpose"],
        known_by=Source(given["known_by"]),
        as_of=given["as_of"],
        file_name=given["file"].name,
    )
    with TemporaryFile() as copy:
        for part in given["file"].chunks():
            copy.write(part)
        copy.flush()
        return importing.take_table(
            id=given["id"], file=copy, about=about, actor=request.actor, at=request.at
        )


def _to(id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("households_table", args=[id]))


@requires(Permission.IMPORT)
@require_safe
def table(request: Any, id: UUID) -> HttpResponse:
    """One table at the step it has come to."""
    row = queries.table(id, request.actor)
    if row.state == State.MAPPING:
        return _columns(request, row, None)
    wanted = request.GET.get("state", "")
    shown = wanted if wanted in FAMILY_STATES else import_showing.first_to_look_at(row)
    lines = page(request, queries.heads(row).filter(state=shown), FAMILIES_A_PAGE)
    context = {
        **_about(row),
        "page": lines,
        "shown": shown,
        "families": import_showing.families(row, list(lines.object_list), request.at),
        "chips": import_showing.chips(row, shown),
        "undecided": row.counts.get("doubtful", 0),
        "due": row.counts.get("new", 0) + row.counts.get("changed", 0),
        "done": import_showing.done(row),
        "moving": row.state in (State.COMPARING, State.APPLYING, State.UNDOING),
    }
    return render(request, "households/importing/table.html", context)


def _about(row: Import) -> dict[str, Any]:
    names = area_names([row.area_id], get_language() or "zh-hans")
    return {
        "row": row,
        "area": names.get(row.area_id, row.area_id),
        "state": gettext(TABLE_STATES[row.state]),
        "refused": [title for sheet, _, title, _ in row.refused if sheet == row.sheet],
    }


def _columns(request: Any, row: Import, form: MeaningsForm | None, status: int = 200) -> HttpResponse:
    found = mapping.headings(row)
    form = form or MeaningsForm(headings=found, suggested=mapping.suggested(row))
    where = HeadingsForm(
        sheets=row.sheets, initial={"sheet": row.sheet, "first": row.first, "last": row.last}
    )
    context = {
        **_about(row),
        "form": form,
        "where": where,
        "columns": import_showing.columns(row, found, form),
    }
    return render(request, "households/importing/columns.html", context, status=status)


@requires(Permission.IMPORT)
@require_POST
def headings(request: Any, id: UUID) -> HttpResponse:
    """Another sheet, or other lines of headings."""
    row = queries.table(id, request.actor)
    form = HeadingsForm(request.POST, sheets=row.sheets)
    if not form.is_valid():
        raise Problem("invalid")
    importing.choose_sheet(table=id, **form.cleaned_data, actor=request.actor, at=request.at)
    return _to(id)


@requires(Permission.IMPORT)
@require_POST
def meanings(request: Any, id: UUID) -> HttpResponse:
    """What the columns mean; then the worker compares."""
    row = queries.table(id, request.actor)
    form = MeaningsForm(request.POST, headings=mapping.headings(row), suggested={})
    if form.is_valid():
        try:
            importing.map_columns(table=id, mapping=form.mapping(), actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            return _to(id)
    return _columns(request, row, form, status=422)


@requires(Permission.IMPORT)
@require_POST
def decide(request: Any, id: UUID) -> HttpResponse:
    """Whether a doubtful family is one of the register."""
    queries.table(id, request.actor)
    answer, _, chosen = request.POST.get("answer", "").partition(":")
    try:
        household, line = UUID(chosen) if chosen else None, int(request.POST.get("line", ""))
    except ValueError:
        raise Problem("invalid") from None
    importing.decide(
        table=id, line=line, answer=answer, household=household, actor=request.actor, at=request.at
    )
    return HttpResponseRedirect(f"{reverse('households_table', args=[id])}?state=doubtful")


@requires(Permission.IMPORT)
@require_POST
def step(request: Any, id: UUID, verb: str) -> HttpResponse:
    """Take it over, take it back, put it away."""
    acts = {"apply": importing.apply_table, "undo": importing.undo_table, "discard": importing.discard_table}
    if verb not in acts:
        raise Problem("not_found")
    scope.require_any(request.actor, Permission.IMPORT)
    acts[verb](table=id, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("households_tables")) if verb == "discard" else _to(id)


@requires(Permission.IMPORT)
@require_safe
def marked(request: Any, id: UUID) -> HttpResponse:
    """The lines that were not taken over, as a table: each wrong cell coloured, with the sentence beside it."""
    row = queries.table(id, request.actor)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(import_showing.marked_copy(row, request.actor.name, request.at), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="mulian-{row.area_id}-{row.as_of}-marked.xlsx"'
    return answer

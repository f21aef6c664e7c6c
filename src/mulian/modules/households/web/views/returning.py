"""Returns upward: a superior's table, what its cells hold, filling it, looking behind the figures, sending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access.models import Person
from mulian.core.access.views import requires
from mulian.core.areas.queries import place_names
from mulian.core.sheets.filling import with_macros
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households.actions import returning
from mulian.modules.households.actions.returning import Column
from mulian.modules.households.domain.returning import Mark, letters
from mulian.modules.households.models import Return, ReturnForm
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import returning as queries
from mulian.modules.households.web import places
from mulian.modules.households.web.return_forms import CellForm, ColumnForm, ReturnFormForm, figure_name
from mulian.modules.households.web.views.pages import refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
SHOWN_LINES, SHOWN_COLUMNS, LAST = 40, 14, 24


@requires(Permission.RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
def returns(request: Any) -> HttpResponse:
    """The tables superiors ask for; a new one is brought here."""
    areas = places.reached(request.actor, Permission.RETURN, get_language() or "zh-hans")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReturnFormForm(*posted, areas=areas, initial={"id": uuid7()})
    if form.is_valid():
        given = {**form.cleaned_data, "file": form.cleaned_data["file"].read(returning.LARGEST + 1)}
        try:
            row = returning.add_form(**given, actor=request.actor, at=request.at)
        except Problem as problem:
            if not problem.code.startswith(("sheets.", "households.return")):
                raise
            form.add_error("file", f"{gettext(problem.title)} {gettext(problem.meaning.next_step)}")
        else:
            return _to(row.id)
    context = {"form": form, "rows": list(queries.visible(request.actor).defer("file"))}
    return render(request, "households/returning/returns.html", context, status=422 if form.is_bound else 200)


def _to(id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("households_return", args=[id]))


@requires(Permission.RETURN)
@require_safe
def form(request: Any, id: UUID) -> HttpResponse:
    """One table: what its cells hold, and the copies made of it."""
    return _form(request, queries.form(id, request.actor))


def _form(request: Any, row: ReturnForm, **forms: Any) -> HttpResponse:
    language = get_language() or "zh-hans"
    marks = queries.marks(row)
    names = place_names({mark.area for mark in marks}, language)
    areas = places.reached(request.actor, Permission.RETURN, language)
    copies = Return.objects.filter(form=row).defer("file").order_by("-made_at")[:LAST]
    context = {
        "row": row,
        "grid": _grid(row, {(m.sheet, m.cell) for m in marks}),
        "marks": [{"mark": m, "figure": figure_name(m.figure), "area": names.get(m.area, "")} for m in marks],
        "copies": copies,
        "column": forms.get("column") or ColumnForm(auto_id="column_%s"),
        "cell": forms.get("cell") or CellForm(areas=areas, auto_id="cell_%s"),
    }
    return render(request, "households/returning/form.html", context, status=422 if forms else 200)


def _grid(row: ReturnForm, marked: set[tuple[int, str]]) -> dict[str, Any]:
    """The beginning of the first sheet as people know it: letters above, numbers beside."""
    lines = [line for line in returning.grid(row) if line.sheet == 0][:SHOWN_LINES]
    width = min(SHOWN_COLUMNS, max((len(line.cells) for line in lines), default=1) + 1)
    columns = [letters(at) for at in range(width)]
    rows = [
        {
            "number": line.number,
            "cells": [
                {
                    "text": line.cells[at] if at < len(line.cells) else "",
                    "marked": (0, f"{name}{line.number}") in marked,
                }
                for at, name in enumerate(columns)
            ],
        }
        for line in lines
    ]
    return {"columns": columns, "rows": rows}


@requires(Permission.RETURN)
@require_POST
def mark(request: Any, id: UUID) -> HttpResponse:
    """A column, a cell, or nothing any more."""
    row = queries.form(id, request.actor)
    what = request.POST.get("what")
    if what == "clear":
        returning.clear_marks(form=id, actor=request.actor, at=request.at)
        return _to(id)
    areas = places.reached(request.actor, Permission.RETURN, get_language() or "zh-hans")
    asked: Any = (
        CellForm(request.POST, areas=areas, auto_id="cell_%s")
        if what == "cell"
        else ColumnForm(request.POST, auto_id="column_%s")
    )
    if asked.is_valid():
        given = dict(asked.cleaned_data)
        given["sheet"] -= 1
        try:
            if what == "cell":
                returning.mark_cell(form=id, mark=Mark(**given), actor=request.actor, at=request.at)
            else:
                returning.mark_column(form=id, column=Column(**given), actor=request.actor, at=request.at)
        except Problem as problem:
            refused(asked, problem)
        else:
            return _to(id)
    return _form(request, row, **{"cell" if what == "cell" else "column": asked})


@requires(Permission.RETURN)
@require_POST
def fill(request: Any, id: UUID) -> HttpResponse:
    """Next month is one click."""
    made = returning.fill_return(form=id, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("households_return_copy", args=[made.id]))


@requires(Permission.RETURN)
@require_safe
def copy(request: Any, id: UUID) -> HttpResponse:
    """What stands in a filled copy, and what is unknown or stale behind each figure."""
    made = _made(id, request)
    names = place_names({one["area"] for one in made.figures}, get_language() or "zh-hans")
    before = queries.sent_before(made)
    changed = queries.differences(made, before)
    rows = [
        {
            **one,
            "name": figure_name(one["figure"]),
            "place": names.get(one["area"], ""),
            "difference": changed.get((one["sheet"], one["cell"])),
        }
        for one in made.figures
    ]
    people = Person.objects.in_bulk([id for id in (made.by, made.sent_by) if id])
    context = {
        "made": made,
        "row": made.form,
        "rows": rows,
        "wrong": sum(1 for r in rows if r["wrong"]),
        "before": before,
        "filled_by": people.get(made.by),
        "signed_by": people.get(made.sent_by) if made.sent_by else None,
    }
    return render(request, "households/returning/copy.html", context)


@requires(Permission.RETURN)
@require_safe
def take(request: Any, id: UUID) -> HttpResponse:
    """The filled workbook."""
    made = _made(id, request)
    content = bytes(made.file)
    kind, ending = (XLSM, "xlsm") if with_macros(content) else (XLSX, "xlsx")
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="mulian-{made.form.area_id}-{made.day}.{ending}"'
    return answer


@requires(Permission.RETURN)
@require_POST
def send(request: Any, id: UUID) -> HttpResponse:
    """It went up."""
    returning.send_return(made=id, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("households_return_copy", args=[id]))


def _made(id: UUID, request: Any) -> Return:
    made = Return.objects.select_related("form").filter(id=id).first()
    if made is None:
        raise Problem("not_found")
    queries.form(made.form_id, request.actor)
    return made

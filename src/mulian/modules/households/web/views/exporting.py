"""Asking for a table of households, deciding about another's, taking it while it is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.models import Person
from mulian.core.access.views import requires
from mulian.core.areas.queries import names as area_names
from mulian.core.ui.pages import page
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households.actions import exporting
from mulian.modules.households.domain.exporting import FEW
from mulian.modules.households.domain.importing.titles import EXPORT_STATES
from mulian.modules.households.models import Export
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import exporting as queries
from mulian.modules.households.web import places
from mulian.modules.households.web.export_forms import ExportForm
from mulian.modules.households.web.views.pages import refused

KINDS = {
    Export.Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Form.CSV: "text/csv; charset=utf-8",
}
SOON, LATER = 3, 10


@requires(Permission.EXPORTS)
@require_safe
def exports(request: Any) -> HttpResponse:
    """One's own, and those one may decide about."""
    shown = page(request, queries.visible(request.actor))
    rows = list(shown.object_list)
    names = area_names({row.area_id for row in rows}, get_language() or "zh-hans")
    people = Person.objects.in_bulk({row.by for row in rows})
    lines = [
        {
            "row": row,
            "area": names.get(row.area_id, row.area_id),
            "who": people[row.by].name if row.by in people else "",
            "state": gettext(EXPORT_STATES[row.state]),
            "mine": row.by == request.actor.person,
            "to_decide": row.state == Export.State.ASKED and queries.may_decide(row, request.actor),
            "waits": row.state == Export.State.ALLOWED,
        }
        for row in rows
    ]
    context = {
        "page": shown,
        "rows": lines,
        "may_ask": scope.permitted(request.actor, Permission.EXPORT),
        "few": FEW,
        "again": _again(lines),
    }
    return render(request, "households/exporting/exports.html", context)


def _again(lines: list[dict[str, Any]]) -> int:
    """After how many seconds the list is asked anew: soon while a file is made, now and then while somebody decides."""
    if any(line["waits"] for line in lines):
        return SOON
    asked = (line for line in lines if line["mine"] and line["row"].state == Export.State.ASKED)
    return LATER if any(asked) else 0


@requires(Permission.EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """What, for what, until when."""
    areas = places.reached(request.actor, Permission.EXPORT, get_language() or "zh-hans")
    form = ExportForm(request.POST or None, areas=areas, initial={"id": uuid7()})
    if form.is_valid():
        try:
            exporting.ask_export(**form.cleaned_data, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            return HttpResponseRedirect(reverse("households_exports"))
    context = {
        "form": form,
        "title": gettext("Export a table"),
        "button": gettext("Ask for it"),
        "back": reverse("households_exports"),
    }
    return render(request, "households/form.html", context, status=422 if form.errors else 200)


@requires(Permission.ALLOW_EXPORT)
@require_POST
def decide(request: Any, id: UUID) -> HttpResponse:
    """A second person says yes or no."""
    queries.export(id, request.actor)
    if request.POST.get("answer") not in ("yes", "no"):
        raise Problem("invalid")
    exporting.decide_export(
        export=id, allow=request.POST["answer"] == "yes", actor=request.actor, at=request.at
    )
    return HttpResponseRedirect(reverse("households_exports"))


@requires(Permission.EXPORT)
@require_POST
def take(request: Any, id: UUID) -> HttpResponse:
    """The file, for its asker; each time is on record, so it is no link that something may follow by itself."""
    row, content = exporting.take_export(export=id, actor=request.actor, at=request.at)
    answer = HttpResponse(content, content_type=KINDS[Export.Form(row.form)])
    name = f"mulian-{row.area_id}-{row.created_at:%Y%m%d}.{row.form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer

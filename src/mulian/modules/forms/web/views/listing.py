"""Which forms there are, what one asks, and its versions."""

from __future__ import annotations

import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.sheets.writing import Sheet, write_xlsx
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.publishing import retire
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import occasions, published, submissions
from mulian.modules.forms.web.asking import every, said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.WATCH)
@require_safe
def forms(request: Any) -> HttpResponse:
    """The forms that are offered, each with how many answered."""
    counts = submissions.counts(request.actor, request.at)
    rows = [
        {
            "form": form,
            "title": said(form.title),
            "answered": counts.get(form.code, {}).get("kept", 0),
            "held": counts.get(form.code, {}).get("held", 0),
        }
        for form in published.offered(request.actor)
    ]
    return render(request, "forms/list.html", {"rows": rows, **_may(request)})


@requires(Permission.WATCH)
@require_safe
def form(request: Any, code: str) -> HttpResponse:
    """One form: its questions as a family would be asked, its versions, how many answered."""
    versions = list(published.versions(code))
    if not versions:
        raise Problem("not_found")
    current = next((row for row in versions if row.offered), versions[0])
    counts = submissions.counts(request.actor, request.at).get(code, {})
    definition = published.definition(current.id)
    context = {
        "form": current,
        "title": said(current.title),
        "questions": every(definition),
        "days": definition.passing.days if definition.passing else 0,
        "purposes": [
            {"name": one.choice.name, "label": said(one.choice.label), "since": one.since}
            for one in occasions.standings(definition)
        ],
        "versions": versions,
        "answered": counts.get("kept", 0),
        "held": counts.get("held", 0),
        **_may(request),
    }
    return render(request, "forms/form.html", context)


@requires(Permission.WATCH)
@require_safe
def sheets(request: Any, code: str, version: str) -> HttpResponse:
    """The XLSForm itself, as a workbook that can be changed and published again."""
    row = published.one(code, version)
    file = io.BytesIO()
    write_xlsx(file, [_sheet(name, rows) for name, rows in row.tables.items()])
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{row.code}-{row.version}.xlsx"'
    return response


def _sheet(name: str, rows: list[list[str]]) -> Sheet:
    return Sheet(name=name, titles=rows[0], rows=rows[1:])


@requires(Permission.PUBLISH)
@require_POST
def drop(request: Any, code: str) -> HttpResponse:
    """The form is not offered any more."""
    retire(code=code, actor=request.actor, at=request.at)
    return redirect("forms_form", code=code)


def _may(request: Any) -> dict[str, bool]:
    return {
        "may_publish": scope.permitted(request.actor, Permission.PUBLISH),
        "may_fill": scope.permitted(request.actor, Permission.FILL),
        "may_read": scope.permitted(request.actor, Permission.READ),
    }

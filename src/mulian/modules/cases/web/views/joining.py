"""The same thing reported twice: what looks alike, joining it, taking it apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from mulian.core.access.views import requires
from mulian.core.areas.queries import place_names
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import merging
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import alike as same
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.web.showing import looks
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.rows import first_words
from mulian.modules.cases.web.views.submitting import go, shown


@requires(Permission.SORT)
@require_http_methods(["GET", "HEAD", "POST"])
def alike(request: Any, id: UUID) -> HttpResponse:
    """GET: open cases that look like this one, and why. POST `into`: this one is joined to that one."""
    case = visible_case(id, request.actor, request.at)
    if case is None:
        raise Problem("not_found")
    if request.method == "POST":
        into = _id(request.POST.get("into", ""))
        merging.merge(case=id, into=into, actor=request.actor, at=request.at)
        return go(request, f"/cases/{into}/")
    found = same.candidates(case, request.actor, request.at)
    places = place_names([each.case.area_id for each in found], language())
    lines = [
        (each, places[each.case.area_id], looks.state(each.case.state), first_words(each.case.text))
        for each in found
    ]
    return render(request, "cases/parts/alike.html", {"case": case, "lines": lines})


@requires(Permission.SORT)
@require_POST
def apart(request: Any, id: UUID) -> HttpResponse:
    """They are two things after all."""
    if visible_case(id, request.actor, request.at) is None:
        raise Problem("not_found")
    merging.unmerge(case=id, actor=request.actor, at=request.at)
    return shown(request, id)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem("not_found") from error

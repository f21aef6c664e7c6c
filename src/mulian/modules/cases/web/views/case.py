"""The page of one case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.ui import live
from mulian.kernel.problems import Problem
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.web.showing.page import page
from mulian.modules.households import public as households


@requires(Permission.VIEW)
@require_safe
def case(request: Any, id: UUID) -> HttpResponse:
    """Everything about one case, and the one next thing to do."""
    found = page(id, request.actor, request.at)
    if found["case"].household:
        read = [found["case"].household]
        households.note_reading(households=read, way=households.Way.CASE, actor=request.actor, at=request.at)
    if request.htmx and request.htmx.target == "case":
        return render(request, "cases/parts/body.html", {**found, "swapped": True})
    return render(request, "cases/case.html", found)


@requires(Permission.VIEW)
@require_safe
def case_live(request: Any, id: UUID) -> HttpResponse:
    """The revision of the case: the page offers to load again when somebody else changed it."""
    found = visible_case(id, request.actor, request.at)
    if found is None:
        raise Problem("not_found")
    return live.answer(request, found.rev, steps=len(found.steps))

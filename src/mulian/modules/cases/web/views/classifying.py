"""What sorts reports, how well, since when; and going back to an earlier one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import classifying
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.sorters import standing


@requires(Permission.SORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def sorters(request: Any) -> HttpResponse:
    """The figures; sent, the named model (or none) sorts from now on."""
    if request.method == "POST":
        classifying.put_back(sorter=_chosen(request), actor=request.actor, at=request.at)
        return HttpResponseRedirect(reverse("cases_sorters"))
    return render(request, "cases/sorters.html", {"standing": standing(request.actor)})


def _chosen(request: Any) -> UUID | None:
    """Raises `invalid` for what is no id: nothing is switched off by a mistyped form."""
    given = request.POST.get("sorter", "")
    if given == "none":
        return None
    try:
        return UUID(given)
    except ValueError as error:
        raise Problem("invalid") from error

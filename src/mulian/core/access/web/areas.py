"""Screens of the tree of places. They stand here, above access, because every view checks a permission."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.access.web.forms import NamesForm
from mulian.core.areas import actions, queries
from mulian.core.areas.models import Area, Unit
from mulian.core.areas.permissions import Permission
from mulian.kernel.problems import Problem


@requires(Permission.VIEW)
@require_safe
def areas(request: Any) -> HttpResponse:
    """The place the asker serves, or the county."""
    own = sorted(scope.granting(request.actor, Permission.VIEW), key=lambda posting: len(posting.area))
    root = queries.root()
    code = own[0].area if own else root.code if root else ""
    if not code:
        raise Problem("not_found")
    return HttpResponseRedirect(reverse("area", args=[code]))


@requires(Permission.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: Any, code: str) -> HttpResponse:
    """One place: names, what lies under it, its offices; an administrator mends the names."""
    found = Area.objects.filter(code=code).select_related("successor").first()
    if found is None:
        raise Problem("not_found")
    manage = any(code.startswith(p.area) for p in scope.granting(request.actor, Permission.MANAGE))
    if request.method == "POST" and not manage:
        raise Problem("forbidden")
    form = NamesForm(request.POST or None, initial={"name_bo": found.name_bo, "name_en": found.name_en})
    if form.is_valid():
        actions.rename(area=code, **form.cleaned_data, actor=request.actor, at=request.at)
        return HttpResponseRedirect(reverse("area", args=[code]))
    context = {"area": found, "form": form, "may_manage": manage, **_around(found, request.at.date())}
    return render(request, "areas/area.html", context, status=422 if form.is_bound else 200)


def _around(area: Area, on: date) -> dict[str, Any]:
    """The places above and below, and the offices here."""
    valid = Q(children__valid_to__isnull=True) | Q(children__valid_to__gt=on)
    below = Area.objects.filter(parent=area).annotate(below=Count("children", filter=valid))
    return {
        "above": [step for step in queries.chain(area.code) if step.code != area.code],
        "children": below.order_by("code"),
        "units": Unit.objects.filter(area=area).order_by("kind", "code"),
        "on": on,
    }

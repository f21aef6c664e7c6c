"""A department's service lists: how far each is, one with its families (each reading on record), a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas.models import Unit
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions.service_lists import end_list, make_list, read_list
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.service_lists import lists, purposes_of
from mulian.modules.cases.web.forms.services import ServiceListForm
from mulian.modules.cases.web.showing.choices import language, my_places
from mulian.modules.cases.web.showing.services import mark, marks
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, accepted, go

USUAL = timedelta(days=28)


@requires(Permission.LISTS)
@require_http_methods(["GET", "HEAD"])
def index(request: Any) -> HttpResponse:
    """Figures of every list of the department; no family stands here."""
    found = lists(request.actor, request.at, language())
    context = {
        "lists": [(each, marks(each.counts)) for each in found],
        "purposes": _purposes(request),
    }
    return render(request, "cases/service_lists.html", context)


@requires(Permission.LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """The form; a refusal keeps what was typed."""
    posted = request.method == "POST"
    first = {"id": uuid7(request.at), "until": (request.at.astimezone(CN) + USUAL).date()}
    form = ServiceListForm(request.POST if posted else None, request.FILES if posted else None, initial=first)
    form.offer(_purposes(request), my_places(request.actor))
    if form.is_bound and accepted(form, lambda: _make(request, form)):
        return go(request, reverse("cases_service_list", args=[form.cleaned_data["id"]]))
    return render(
        request, "cases/service_list_new.html", {"form": form}, status=NOT_RIGHT if form.is_bound else 200
    )


def _make(request: Any, form: ServiceListForm) -> None:
    make_list(actor=request.actor, at=request.at, **form.cleaned_data)


@requires(Permission.LISTS)
@require_http_methods(["GET", "HEAD"])
def one(request: Any, id: UUID) -> HttpResponse:
    """Its families with what their liaisons said. That it was read stands in the log."""
    found = read_list(id=id, actor=request.actor, at=request.at, language=language())
    context = {
        "list": found,
        "marks": marks(found.counts),
        "families": [(each, mark(each.mark)) for each in found.families],
        "villages": [(each, marks(each.counts)) for each in found.villages],
    }
    return render(request, "cases/service_list.html", context)


@requires(Permission.LISTS)
@require_POST
def end(request: Any, id: UUID) -> HttpResponse:
    """It is not needed any more."""
    end_list(id=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_service_lists"))


def _purposes(request: Any) -> list[Any]:
    held = {p.unit for p in scope.granting(request.actor, Permission.LISTS) if p.unit}
    return purposes_of(Unit.objects.filter(id__in=held).values_list("code", flat=True))

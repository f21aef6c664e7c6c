"""What the public page held back, as the county's duty officer sees it: take it in, or put it aside with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access.views import requires
from mulian.modules.cases.actions import letting_in
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.held import waiting
from mulian.modules.cases.web.forms.doors import PutAsideForm
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, accepted, go


@requires(Permission.DUTY)
@require_safe
def held(request: Any) -> HttpResponse:
    """Oldest first; nothing leaves the list without an officer."""
    return render(request, "cases/doors/held.html", {"rows": waiting(request.actor, request.at, language())})


@requires(Permission.DUTY)
@require_POST
def take(request: Any, id: UUID) -> HttpResponse:
    """It is a report: it becomes a case."""
    case = letting_in.take_in_held(held=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_case", args=[case.id]))


@requires(Permission.DUTY)
@require_POST
def drop(request: Any, id: UUID) -> HttpResponse:
    """It is none."""
    form = PutAsideForm(request.POST)
    if accepted(form, lambda: _drop(request, id, form)):
        return go(request, reverse("cases_held"))
    context = {"rows": waiting(request.actor, request.at, language()), "wrong": id, "form": form}
    return render(request, "cases/doors/held.html", context, status=NOT_RIGHT)


def _drop(request: Any, id: UUID, form: PutAsideForm) -> None:
    letting_in.drop(held=id, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)

"""Issuing a task, and taking one back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access import scope
from mulian.core.access.models import Person
from mulian.core.access.views import requires
from mulian.kernel.actor import Actor, Role
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.actions.withdrawing import may_withdraw
from mulian.modules.tasks.actions.withdrawing import withdraw as take_back
from mulian.modules.tasks.permissions import Permission
from mulian.modules.tasks.queries import serving
from mulian.modules.tasks.web import words
from mulian.modules.tasks.web.forms import IssueForm, WithdrawForm
from mulian.modules.tasks.web.views.pages import METHODS, NOT_RIGHT, accepted, form_page, found

VILLAGE = 12
DAYS = 7
"""A task is due in a week unless somebody says otherwise."""


@requires(Permission.ISSUE)
@require_http_methods(METHODS)
def new(request: Any) -> HttpResponse:
    """The form, and the task. The same form sent twice makes one task."""
    sent = request.POST if request.method == "POST" else None
    places = words.places(request.actor, Permission.ISSUE)
    first = {"id": uuid7(request.at), "due": (request.at.astimezone(CN) + timedelta(days=DAYS)).date()}
    form = IssueForm(sent, initial=first, places=places, people=_people(request.actor, request))
    if accepted(form, lambda: issue(**form.sending(request), actor=request.actor, at=request.at)):
        return HttpResponseRedirect(reverse("tasks_task", args=[form.cleaned_data["id"]]))
    return render(request, "tasks/new.html", {"form": form}, status=NOT_RIGHT if form.is_bound else 200)


def _people(actor: Actor, request: Any) -> words.Choices:
    """The liaisons of one's own village, to name some of them; above the village a list would be too long."""
    villages = {p.area for p in scope.granting(actor, Permission.ISSUE)}
    if any(len(code) < VILLAGE for code in villages):
        return []
    serve = [serving.in_area(Role.LIAISON, code, request.at) for code in villages]
    held = {person for areas in serve for people in areas.values() for person in people}
    return [(str(p.id), p.name) for p in Person.objects.filter(id__in=held).order_by("name", "id")]


@requires(Permission.ISSUE)
@require_http_methods(METHODS)
def withdraw(request: Any, id: UUID) -> HttpResponse:
    """Takes a task back, with its reason."""
    row = found(request, id)
    scope.require(request.actor, Permission.ISSUE, kind="task", id=id, at=request.at)
    if not may_withdraw(row, request.actor):
        raise Problem("forbidden")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if accepted(form, lambda: take_back(task=id, **form.cleaned_data, actor=request.actor, at=request.at)):
        return HttpResponseRedirect(reverse("tasks_task", args=[id]))
    return form_page(request, form, gettext("Withdraw the task"), gettext("Withdraw"), task=row, danger=True)

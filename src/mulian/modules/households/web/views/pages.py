"""What all pages of one household share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from mulian.core.access import scope
from mulian.kernel.problems import Problem
from mulian.modules.households import queries
from mulian.modules.households.models import Household


def found(request: Any, id: UUID, permission: str) -> Household:
    """The household, if the actor may see it and, for a form, do this with it; else it does not exist."""
    row = queries.household(id, request.actor, request.at)
    if row is None:
        raise Problem("not_found")
    scope.require(request.actor, permission, kind=queries.KIND, id=id, at=request.at)
    return row


def form_page(request: HttpRequest, form: Form, title: str, button: str, **context: Any) -> HttpResponse:
    """One form on a page; a form that was not accepted answers 422 so that htmx swaps it."""
    row = context.get("household")
    page = {"form": form, "title": title, "button": button, "called": called(row) if row else "", **context}
    return render(request, "households/form.html", page, status=422 if form.is_bound else 200)


def called(row: Household) -> str:
    """The household by its head's name, as this reader writes it."""
    return row.called((get_language() or "").partition("-")[0])


def refused(form: Form, problem: Problem, field: str | None = None) -> None:
    """Shows a refusal of the rules at the form; what is no matter of input is raised on."""
    if problem.status != 422:
        raise problem
    form.add_error(field, f"{gettext(problem.title)} {gettext(problem.meaning.next_step)}")

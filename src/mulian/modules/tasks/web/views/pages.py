"""What the pages of tasks share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from mulian.core.ui.problems import title
from mulian.kernel.problems import Problem
from mulian.modules.tasks.models import Task
from mulian.modules.tasks.queries import lists

NOT_RIGHT = 422
METHODS = ["GET", "HEAD", "POST"]


def found(request: Any, id: UUID) -> Task:
    """The task, if the actor may see it; else it does not exist."""
    row = lists.task(id, request.actor, request.at)
    if row is None:
        raise Problem("not_found")
    return row


def accepted(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal of what was typed is added to the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Problem as problem:
        if problem.status != NOT_RIGHT:
            raise
        form.add_error(None, f"{title(problem)} {gettext(problem.meaning.next_step)}")
        return False
    return True


def form_page(request: Any, form: Form, heading: str, button: str, **context: Any) -> HttpResponse:
    """One form on a page; one that was not accepted answers 422."""
    page = {"form": form, "heading": heading, "button": button, **context}
    return render(request, "tasks/form.html", page, status=NOT_RIGHT if form.is_bound else 200)

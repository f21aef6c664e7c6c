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
from mulian.modules.tasks.queries.wordings import words_in
from mulian.modules.tasks.web.words import language

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


def form_page(
    request: Any, form: Form, heading: str, button: str, *, task: Task, danger: bool = False
) -> HttpResponse:
    """One form about a task on a page; one that was not accepted answers 422."""
    said = words_in(task, language())
    page = {
        "form": form, "heading": heading, "button": button, "task": task, "words": said, "danger": danger
    }  # fmt: skip
    return render(request, "tasks/form.html", page, status=NOT_RIGHT if form.is_bound else 200)

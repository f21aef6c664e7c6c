"""Answers typed in the console: one's own, and those an officer writes down for somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.tasks.actions.answering import answer, answer_for
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.permissions import Permission
from mulian.modules.tasks.queries import lists
from mulian.modules.tasks.web.forms import AnswerForm
from mulian.modules.tasks.web.views.pages import METHODS, accepted, form_page, found


@requires(Permission.ANSWER)
@require_http_methods(METHODS)
def own(request: Any, id: UUID) -> HttpResponse:
    """One's own answer."""
    row = found(request, id)
    if not lists.parts_of(request.actor.person, [id]).exists():
        raise Problem("not_found")
    form = _form(request, row)
    act = lambda: answer(task=id, **form.answer(), actor=request.actor, at=request.at)
    if accepted(form, act):
        return HttpResponseRedirect(reverse("tasks_task", args=[id]))
    return form_page(request, form, gettext("My answer"), gettext("Save"), task=row)


@requires(Permission.ISSUE)
@require_http_methods(METHODS)
def for_person(request: Any, id: UUID) -> HttpResponse:
    """What somebody said on the telephone."""
    part = Assignment.unscoped.because("its task and area are checked below").filter(id=id).first()
    if part is None:
        raise Problem("not_found")
    row = found(request, part.task_id)
    scope.require_area(request.actor, Permission.ISSUE, part.area_id)
    form = _form(request, row)
    act = lambda: answer_for(assignment=id, **form.answer(), actor=request.actor, at=request.at)
    if accepted(form, act):
        return HttpResponseRedirect(f"{reverse('tasks_task', args=[row.id])}?area={part.area_id[:12]}")
    heading = gettext("Answer for %(name)s") % {"name": part.person.name}
    return form_page(request, form, heading, gettext("Save"), task=row)


def _form(request: Any, row: Task) -> AnswerForm:
    return AnswerForm(request.POST if request.method == "POST" else None, asks=Asks(row.asks))

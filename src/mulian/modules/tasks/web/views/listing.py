"""The list of tasks, and one task with its roll-up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.files.queries import attached
from mulian.core.ui.pages import page
from mulian.modules.tasks.actions.withdrawing import may_withdraw
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import State
from mulian.modules.tasks.models import Task
from mulian.modules.tasks.permissions import Permission
from mulian.modules.tasks.queries import lists
from mulian.modules.tasks.queries.wordings import other, other_reason, own, reason_in, words_in
from mulian.modules.tasks.web import rollup, words
from mulian.modules.tasks.web.forms import FilterForm
from mulian.modules.tasks.web.views.pages import found

PER_PAGE = 30


@requires(Permission.VIEW)
@require_safe
def tasks(request: Any) -> HttpResponse:
    """Tasks of one's area, soonest due first, each with how it stands there."""
    form = FilterForm(request.GET or {"shown": "running"})
    given = form.cleaned_data if form.is_valid() else {}
    shown = given.get("shown") or "running"
    rows = lists.tasks(request.actor, request.at, shown=shown, mine=bool(given.get("mine")))
    chosen = page(request, rows, PER_PAGE)
    lines = lists.lines(list(chosen.object_list), request.actor, request.at)
    context = {
        "form": form,
        "page": chosen,
        "rows": [rollup.row(line, request.at) for line in lines],
        "narrowed": shown != "running" or bool(given.get("mine")),
        "may_issue": scope.permitted(request.actor, Permission.ISSUE),
        "watches": scope.permitted(request.actor, Permission.WATCH),
        "now": request.at,
    }
    return render(request, "tasks/list.html", context)


@requires(Permission.VIEW)
@require_safe
def task(request: Any, id: UUID) -> HttpResponse:
    """What is to do, and how it stands: by township, by village, down to who has not answered."""
    row = found(request, id)
    line = lists.lines([row], request.actor, request.at)[0]
    watches = scope.can(request.actor, Permission.WATCH, kind="task", id=id, at=request.at)
    here, why = words_in(row, words.language()), reason_in(row, words.language())
    context = {
        **rollup.row(line, request.at),
        "beside": other(row) if here == own(row) else own(row),
        "reason": why,
        "reason_beside": other_reason(row).title if why == row.reason else row.reason,
        "asks": words.ASKS[Asks(row.asks)],
        "files": [each for each in attached(subject_kind="task", subject_id=id) if each.role == "task_voice"],
        "rollup": rollup.page(row, request.actor, request.at, request.GET.get("area", ""))
        if watches
        else None,
        "may_answer": line.mine is not None and row.withdrawn_at is None,
        "may_withdraw": row.withdrawn_at is None and _may_withdraw(row, request),
        "may_write": scope.permitted(request.actor, Permission.ISSUE),
        "now": request.at,
        "answered": line.mine is not None and line.mine.state == State.ANSWERED,
    }
    return render(request, "tasks/task.html", context)


def _may_withdraw(row: Task, request: Any) -> bool:
    issues = scope.can(request.actor, Permission.ISSUE, kind="task", id=row.id, at=request.at)
    return issues and may_withdraw(row, request.actor)

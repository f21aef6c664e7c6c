"""An officer writes down what somebody called in or came to say."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.kernel.ids import uuid7
from mulian.modules.cases.domain.doors import FOR_SOMEBODY, Door
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.came_by import came_by
from mulian.modules.cases.web.forms.report import ReportForm
from mulian.modules.cases.web.forms.seeking import SeekForm
from mulian.modules.cases.web.views import hotline
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, accepted, go
from mulian.modules.households import public as households

FOUND_MOST = 8
LEDGER, FIND = "households.browse", "households.find"
"""Who has no ledger of their own finds a household by the purpose-bound search of the register instead."""


@requires(Permission.REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """The form, and the report. The same form sent twice makes one case."""
    sent = request.POST if request.method == "POST" else None
    door = request.GET.get("door", Door.CONSOLE)
    form = ReportForm(sent, initial={"id": uuid7(request.at), "door": door})
    if form.is_bound and accepted(form, lambda: hotline.write_down(request, form)):
        return go(request, hotline.after(form))
    context = {
        "form": form,
        "chosen": _chosen(request, form),
        "may_browse": scope.permitted(request.actor, LEDGER),
        "seek": _seek(request, door) if scope.permitted(request.actor, FIND) else None,
    }
    return render(request, "cases/new.html", context, status=NOT_RIGHT if form.is_bound else 200)


def _seek(request: Any, door: str) -> SeekForm:
    """Whoever calls or stands there is the reason; the officer may write another."""
    reason = came_by(door) if door in FOR_SOMEBODY else ""
    return SeekForm(actor=request.actor, initial={"reason": reason})


def _chosen(request: Any, form: ReportForm) -> object:
    """The household picked before the form came back with an error."""
    picked = form.cleaned_data.get("household") if form.is_bound else None
    return households.brief([picked], request.actor, request.at).get(picked) if picked else None


@requires(Permission.REPORT)
@require_safe
def find_household(request: Any) -> HttpResponse:
    """Households of one's own ledger by number or name."""
    words = request.GET.get("household_words", "").strip()
    found = households.find(words, request.actor, request.at, limit=FOUND_MOST) if words else []
    return render(request, "cases/parts/households.html", {"found": found, "words": words})


@requires(FIND)
@require_POST
def seek_household(request: Any) -> HttpResponse:
    """One household by two identifiers and a reason; at most ten, and the search is kept (G8)."""
    scope.require_any(request.actor, Permission.REPORT)
    form, found = SeekForm(request.POST, actor=request.actor), []

    def search() -> None:
        found.extend(households.find_named(request.actor, request.at, **form.cleaned_data))

    done = accepted(form, search)
    context = {"seek": form, "found": found, "searched": done}
    return render(request, "cases/parts/seek.html", context, status=200 if done else NOT_RIGHT)

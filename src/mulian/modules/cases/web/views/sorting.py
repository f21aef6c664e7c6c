"""What a case is about, where it is, how urgent; and taking back what was only a test."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import sorting, urging
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.web.forms.sorting import LowerForm, PlaceForm, RaiseForm
from mulian.modules.cases.web.forms.steps import CancelForm
from mulian.modules.cases.web.views.submitting import shown, submit

_BOTH = ["GET", "HEAD", "POST"]


@requires(Permission.SORT)
@require_POST
def topic(request: Any, id: UUID) -> HttpResponse:
    """Confirms the suggested topic (no `topic` sent) or sets another."""
    chosen = request.POST.get("topic", "")
    sorting.correct_topic(case=id, topic=chosen, actor=request.actor, at=request.at)
    return shown(request, id)


@requires(Permission.SORT)
@require_http_methods(_BOTH)
def place(request: Any, id: UUID) -> HttpResponse:
    """Sets the place; receivers follow."""
    case = _visible(request, id)
    form = PlaceForm(_data(request), initial={"area": case.place[:12]}, auto_id="place_%s")
    return submit(
        request,
        id,
        form,
        lambda: sorting.set_place(case=id, areas=form.areas, actor=request.actor, at=request.at),
        name="set-place",
        words=gettext("Set the place"),
        help=gettext("Whoever serves the new place receives the case; who had it stays informed."),
    )


@requires(Permission.SORT)
@require_http_methods(_BOTH)
def urgency(request: Any, id: UUID) -> HttpResponse:
    """Lowers what is urgent, with a reason; raises what is not."""
    if _visible(request, id).urgent:
        return _lower(request, id)
    form = RaiseForm(_data(request), auto_id="urgency_%s")
    return submit(
        request,
        id,
        form,
        lambda: sorting.set_urgent(
            case=id, actor=request.actor, at=request.at, reason=form.cleaned_data["reason"]
        ),
        name="set-urgency",
        words=gettext("Mark it urgent"),
    )


def _lower(request: Any, id: UUID) -> HttpResponse:
    form = LowerForm(_data(request), auto_id="urgency_%s")
    return submit(
        request,
        id,
        form,
        lambda: sorting.lower_urgent(
            case=id, actor=request.actor, at=request.at, reason=form.cleaned_data["reason"]
        ),
        name="set-urgency",
        words=gettext("Take the urgent mark away"),
    )


@requires(Permission.SORT)
@require_http_methods(_BOTH)
def cancel(request: Any, id: UUID) -> HttpResponse:
    """Closes what was only a test or was withdrawn; it counts in no figure."""
    _visible(request, id)
    form = CancelForm(_data(request), auto_id="cancel_%s")
    return submit(
        request,
        id,
        form,
        lambda: urging.cancel_test(case=id, actor=request.actor, at=request.at, **form.cleaned_data),
        name="cancel",
        words=gettext("Close it as no case"),
    )


def _visible(request: Any, id: UUID) -> Case:
    found = visible_case(id, request.actor, request.at)
    if found is None:
        raise Problem("not_found")
    return found


def _data(request: Any) -> Any:
    return request.POST if request.method == "POST" else None

"""Adding to a case, urging, and bringing the family's word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import adding, feedback, urging
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.web.forms.steps import AddForm, FeedbackForm, NoteForm
from mulian.modules.cases.web.views.submitting import submit

_BOTH = ["GET", "HEAD", "POST"]


@requires(Permission.REPORT)
@require_http_methods(_BOTH)
def add(request: Any, id: UUID) -> HttpResponse:
    """More words, a voice, photos."""
    form = AddForm(_data(request, id), auto_id="add_%s")
    return submit(
        request, id, form, lambda: _add(request, id, form), name="add", words=gettext("Add to the case")
    )


def _add(request: Any, id: UUID, form: AddForm) -> object:
    given = form.cleaned_data
    return adding.add(
        case=id,
        actor=request.actor,
        at=request.at,
        text=given["text"],
        voice=form.spoken,
        photos=given["photos"],
    )


@requires(Permission.URGE)
@require_http_methods(_BOTH)
def urge(request: Any, id: UUID) -> HttpResponse:
    """Urges the responsible one."""
    form = NoteForm(_data(request, id), auto_id="urge_%s")
    return submit(
        request,
        id,
        form,
        lambda: urging.urge(case=id, actor=request.actor, at=request.at, text=form.cleaned_data["text"]),
        name="urge",
        words=gettext("Urge them"),
        help=gettext("The responsible person is told at once, and it stays in the history."),
    )


@requires(Permission.FEEDBACK)
@require_http_methods(_BOTH)
def rate(request: Any, id: UUID) -> HttpResponse:
    """The family's word: content closes the case, a veto opens it again."""
    form = FeedbackForm(_data(request, id), auto_id="rate_%s")
    return submit(
        request,
        id,
        form,
        lambda: _rate(request, id, form),
        name="rate",
        words=gettext("Write down the family's word"),
        help=gettext("A family that is content closes the case; one that is not opens it again."),
    )


def _rate(request: Any, id: UUID, form: FeedbackForm) -> object:
    given = form.cleaned_data
    return feedback.feedback(
        case=id, actor=request.actor, at=request.at, solved=given["solved"], stars=given["stars"],
        text=given["text"], voice=form.spoken,
    )  # fmt: skip


def _data(request: Any, id: UUID) -> Any:
    if visible_case(id, request.actor, request.at) is None:
        raise Problem("not_found")
    return request.POST if request.method == "POST" else None

"""People passing through: what the county declares they may be asked for, and the end of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions import passing
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import submissions


@requires(Permission.PUBLISH)
@require_POST
def declare(request: Any, code: str, choice: str) -> HttpResponse:
    """From now on phones offer it."""
    passing.declare(code=code, choice=choice, actor=request.actor, at=request.at)
    messages.success(request, gettext("Declared. Phones offer it from their next sync."))
    return redirect("forms_form", code=code)


@requires(Permission.PUBLISH)
@require_POST
def end(request: Any, code: str, choice: str) -> HttpResponse:
    """It is over; what was told for it is deleted."""
    many = passing.end(code=code, choice=choice, actor=request.actor, at=request.at)
    said = ngettext(
        "It is over. %(count)d form is deleted.", "It is over. %(count)d forms are deleted.", many
    )
    messages.success(request, said % {"count": many})
    return redirect("forms_form", code=code)


@requires(Permission.FILL)
@require_POST
def over(request: Any, id: UUID) -> HttpResponse:
    """The service is done; what was told for it is deleted."""
    row = submissions.one(id, request.actor, request.at)
    if row is None:
        raise Problem("not_found")
    passing.finish(submission=id, actor=request.actor, at=request.at)
    messages.success(request, gettext("What was told is deleted."))
    return redirect("forms_answers", code=row.form.code)

"""A mass event: what it is, which reports tell of it, and that somebody looks after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import raising
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import mass
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.offered import offered
from mulian.modules.cases.web.showing.rows import rows
from mulian.modules.cases.web.views.submitting import go


@requires(Permission.DUTY)
@require_safe
def event(request: Any, id: UUID) -> HttpResponse:
    """The event with every linked case; none is hidden by it."""
    found = mass.event(id, request.actor)
    if found is None:
        raise Problem("not_found")
    cases = mass.cases_of(found, request.actor, request.at)
    context = {
        "event": mass.event_view(found, language()),
        "rows": rows(cases, request.actor, request.at),
        "offers": offered("mass_event", id, request.actor),
        "now": request.at,
    }
    return render(request, "cases/mass.html", context)


@requires(Permission.DUTY)
@require_POST
def seen(request: Any, id: UUID) -> HttpResponse:
    """Somebody looks after it: the alarm stops."""
    raising.mark_seen(event=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_mass", args=[id]))

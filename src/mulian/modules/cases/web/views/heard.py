"""How long voices waited to be heard, day by day."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.heard import DAYS, times, whole


@requires(Permission.HEARD)
@require_safe
def heard(request: Any) -> HttpResponse:
    """Urgent ones apart; nobody's name."""
    actor, at = request.actor, request.at
    context = {
        "kinds": [
            (urgent, whole(actor, at, urgent=urgent), times(actor, at, urgent=urgent))
            for urgent in (True, False)
        ],
        "days": DAYS,
        "may_listen": scope.permitted(actor, Permission.LISTEN),
    }
    return render(request, "cases/heard.html", context)

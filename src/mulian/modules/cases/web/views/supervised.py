"""A leader's supervised cases: replies to decide on first, then what is due next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.supervised import supervised as lines
from mulian.modules.cases.web.showing.supervising import shown


@requires(Permission.SUPERVISE)
@require_safe
def supervised(request: Any) -> HttpResponse:
    """Every open supervision of a case the leader sees."""
    found = shown(lines(request.actor, request.at))
    return render(request, "cases/supervised.html", {"lines": found, "now": request.at})

"""What is kept only so long: what went, what goes next, by which rule. Numbers only."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.retention import stands


@requires(Permission.RETENTION)
@require_safe
def retention(request: Any) -> HttpResponse:
    """One line a rule."""
    lines = [
        {"stand": one, "what": gettext(one.rule.what), "why": gettext(one.rule.why)}
        for one in stands(request.at)
    ]
    return render(request, "households/retention.html", {"lines": lines})

"""Where things stand: figures of whole months, by township and topic, with nobody's name on them (G19)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mulian.kernel.problems import Problem
from mulian.modules.cases.queries.figures import lines, months
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.views.door import door, show


@door("Published figures: groups of at least ten families.")
@require_safe
def figures(request: Any) -> HttpResponse:
    """The newest month, or the one asked for; only months that were published exist."""
    known = months()
    since = _asked(request.GET.get("month", ""), known)
    context = {"months": known, "since": since, "lines": lines(since, language()) if since else []}
    return show(request, "figures.html", context)


def _asked(month: str, known: list[date]) -> date | None:
    if not month:
        return known[0] if known else None
    found = next((since for since in known if since.isoformat() == month), None)
    if found is None:
        raise Problem("not_found")
    return found

"""Who would get this, and why?"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.areas.queries import place_names
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import what_if as asking
from mulian.modules.cases.web.forms.what_if import WhatIfForm
from mulian.modules.cases.web.showing import looks
from mulian.modules.cases.web.showing.choices import language


@requires(Permission.VIEW)
@require_safe
def what_if(request: Any) -> HttpResponse:
    """The form, and below it the answer; nothing is written and nobody is told."""
    form = WhatIfForm(request.GET or None, actor=request.actor)
    found = None
    if form.is_bound and form.is_valid():
        at = form.cleaned_data["when"] or request.at
        found = asking.ask(form.question, request.actor, at, language())
    context: dict[str, Any] = {"form": form, "answer": found}
    if found:
        context["lines"] = [
            (each, looks.standing(each.standing, each.standing_words)) for each in found.lines
        ]
        context["owner"] = place_names([found.owner_area], language())[found.owner_area]
    return render(request, "cases/what_if.html", context)

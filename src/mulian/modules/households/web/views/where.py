"""Where a household was on a day: asked inside a case, with the purpose, and kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mulian.core.access.models import Person
from mulian.core.access.views import requires
from mulian.core.areas.models import Area
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households.actions import ask_where
from mulian.modules.households.actions.asking import LONGEST, asked_about
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.titles import MOVES
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.where import Answer
from mulian.modules.households.web.views.changing import METHODS
from mulian.modules.households.web.views.pages import refused


class WhereForm(forms.Form):
    """Which day, and what the answer is needed for."""

    on = forms.DateField(
        label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    purpose = forms.CharField(
        label=_("What the answer is needed for"), max_length=LONGEST, help_text=_("Kept with the question.")
    )


@requires(Permission.WHERE)
@require_http_methods(METHODS)
def where(request: Any, kind: str, id: UUID) -> HttpResponse:
    """The question, and with a purpose the answer."""
    asked_about(kind, id, request.actor, request.at)
    today = request.at.astimezone(CN).date()
    form = WhereForm(request.POST if request.method == "POST" else None, initial={"on": today})
    context: dict[str, Any] = {"form": form, "back": f"/cases/{id}/"}
    if form.is_valid():
        given = form.cleaned_data
        try:
            _household, answer = ask_where(kind=kind, subject=id, **given, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            context |= {"answer": answer, "lines": _lines(answer), "day": given["on"]}
    wrong = form.is_bound and not form.is_valid()
    return render(request, "households/where.html", context, status=422 if wrong else 200)


def _lines(answer: Answer) -> list[dict[str, Any]]:
    """Registered, lives in, camp: each with since when and who said so, or unknown."""
    codes = {step for stood in answer.places.values() for step in (stood.area, stood.area[:12])}
    areas = Area.objects.in_bulk(sorted(codes))
    people = Person.objects.in_bulk({stood.by for stood in answer.places.values()})
    return [
        {
            "title": gettext(MOVES[kind]),
            "stood": stood,
            "area": areas.get(stood.area) if stood else None,
            "village": areas.get(stood.area[:12]) if stood and len(stood.area) > 12 else None,
            "by": people[stood.by].name if stood and stood.by in people else gettext("Mulian"),
            "days": stood.age(answer.moment).days if stood else 0,
            "later": bool(stood and stood.heard_later(answer.moment)),
            "surest": kind == answer.basis,
        }
        for kind in MoveKind
        for stood in [answer.places.get(kind)]
    ]

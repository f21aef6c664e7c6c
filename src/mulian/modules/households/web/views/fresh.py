"""What is stale in the register and whose turn it is, village by village."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas.models import Area
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.collecting import TITLE_LENGTH, want_collection
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import freshness
from mulian.modules.households.web import places
from mulian.modules.households.web.views.changing import METHODS
from mulian.modules.households.web.views.ledger import both_names
from mulian.modules.households.web.views.pages import form_page, refused

DAYS = timedelta(days=14)
"""How long liaisons have by default: they come to most families in two weeks."""


class CollectForm(forms.Form):
    """In what words the liaisons are asked, and by when."""

    title = forms.CharField(label=_("What to do"), max_length=TITLE_LENGTH)
    due = forms.DateField(
        label=_("Until when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@requires(Permission.ASSIGN)
@require_http_methods(METHODS)
def collect(request: Any, area: str) -> HttpResponse:
    """What is stale in a village becomes a task of its liaisons."""
    village = next((v for v in places.villages(request.actor, Permission.ASSIGN) if v.code == area), None)
    if village is None:
        raise Problem("not_found")
    first = {
        "title": gettext("Ask again what was last said too long ago"),
        "due": request.at.astimezone(CN).date() + DAYS,
    }
    form = CollectForm(request.POST if request.method == "POST" else None, initial=first)
    back = f"{reverse('households_fresh')}?village={area}"
    if form.is_valid():
        try:
            count = want_collection(village=area, **form.cleaned_data, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            messages.success(
                request, gettext("The liaisons are asked for %(count)s households.") % {"count": count}
            )
            return HttpResponseRedirect(back)
    name = village.name(get_language() or "zh-hans")
    title = gettext("Ask the liaisons for what is stale")
    return form_page(request, form, title, gettext("Send"), back=back, place_name=name)


@requires(Permission.BROWSE)
@require_safe
def fresh(request: Any) -> HttpResponse:
    """The villages with their counts; of the chosen one every household where something waits, by whose turn it is."""
    villages = places.villages(request.actor, Permission.BROWSE)
    chosen = next((v for v in villages if v.code == request.GET.get("village")), None)
    if chosen is None and len(villages) == 1:
        chosen = villages[0]
    context: dict[str, Any] = {"villages": villages, "chosen": chosen}
    if len(villages) > 1:
        names = {village.code: village for village in villages}
        counted = freshness.by_village(request.actor, request.at, names)
        context["counts"] = [{"village": names[one.code], "count": one} for one in counted]
    if chosen is not None:
        context["parts"] = _parts(request, chosen.code)
        context["may_ask"] = scope.permitted(request.actor, Permission.ASSIGN)
    return render(request, "households/register/fresh.html", context)


def _parts(request: Any, village: str) -> list[dict[str, Any]]:
    found = freshness.by_liaison(freshness.turns(request.actor, request.at, village), request.at)
    names = Area.objects.in_bulk({step for code, _, _ in found for step in (code, code[:VILLAGE_LENGTH])})
    return [
        {
            "area": names.get(code),
            "village": None if code.startswith(village) else names.get(code[:VILLAGE_LENGTH]),
            "liaisons": liaisons,
            "rows": [{"turn": turn, **both_names(turn.household)} for turn in turns],
        }
        for code, liaisons, turns in found
    ]

"""Cases handed to other systems: what was handed, how far it is, and the way to one more."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_POST

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.gateways.open311.actions.sending import try_again
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries.systems import handed, systems
from mulian.gateways.open311.web.forms import NumberForm
from mulian.kernel.problems import Problem
from mulian.modules.cases import public as cases

LOOKS = {
    "sending": (_("being sent"), "warn", "half"),
    "named": (_("taken; its number is to come"), "warn", "half"),
    "there": (_("being worked on there"), "good", "dot"),
    "over": (_("closed there"), "good", "full"),
    "refused": (_("refused; somebody must look"), "danger", "cross"),
}
"""state → word, tone and shape of its chip."""
_OURS = re.compile(r"[\x00-\x7f]*$")
"""Words of ours about an answer are for the log; what the other system says is in one of the county's languages."""


@requires(Permission.FORWARD)
@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: Any) -> HttpResponse:
    """What was handed on; a number leads to the page that hands its case over."""
    form = NumberForm(request.POST or None)
    if form.is_valid():
        case = cases.numbered(form.cleaned_data["number"], request.actor, request.at)
        if case is not None:
            return HttpResponseRedirect(reverse("elsewhere_hand", args=[case.id]))
        form.add_error("number", gettext("There is no such case, or it is not yours to see."))
    names = {code: each.name for code, each in systems().items()}
    lines = [
        {
            "row": row,
            "case": case,
            "system": names.get(row.system, row.system),
            "look": LOOKS[row.state],
            "why": "" if _OURS.match(row.error) else row.error,
        }
        for row, case in handed(request.actor, request.at)
    ]
    context = {"form": form, "lines": lines, "systems": names}
    return render(request, "open311/elsewhere.html", context, status=422 if form.is_bound else 200)


@requires(Permission.FORWARD)
@require_POST
def again(request: Any, id: UUID) -> HttpResponse:
    """A refused one is sent round again, by whoever sees its case."""
    if not any(row.id == id for row, _case in handed(request.actor, request.at)):
        raise Problem("not_found")
    scope.require_any(request.actor, Permission.FORWARD)
    try_again(forward=id, at=request.at)
    return HttpResponseRedirect(reverse("elsewhere"))

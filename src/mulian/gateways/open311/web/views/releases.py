"""Words and pictures let out: the list, and a form by the number of a public case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.core.ui.problems import title
from mulian.gateways.open311.actions.releasing import releasable, release
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries.released import released
from mulian.gateways.open311.web.forms import ReleaseForm
from mulian.kernel.problems import Problem
from mulian.modules.cases import public as cases
from mulian.modules.cases.public import Brief


@requires(Permission.RELEASE)
@require_http_methods(["GET", "HEAD", "POST"])
def releases(request: Any) -> HttpResponse:
    """Keeps what was typed when it cannot be let out."""
    number = request.POST.get("number") or request.GET.get("number", "")
    case = cases.numbered(number, request.actor, request.at) if number else None
    form = ReleaseForm(request.POST or None, media=_media(case), initial={"number": number})
    if form.is_valid() and _let_out(request, form, case):
        return HttpResponseRedirect(reverse("releases"))
    context = {"form": form, "lines": released(request.actor, request.at)}
    return render(request, "open311/releases.html", context, status=422 if form.is_bound else 200)


def _media(case: Brief | None) -> list[tuple[str, str]]:
    found = releasable(case.id) if case else {}
    kinds = {"image": gettext("Picture"), "audio": gettext("Voice")}
    return [
        (sha256, f"{kinds.get(mime.partition('/')[0], mime)} {place}")
        for place, (sha256, mime) in enumerate(found.items(), 1)
    ]


def _let_out(request: Any, form: ReleaseForm, case: Brief | None) -> bool:
    if case is None:
        form.add_error("number", gettext("There is no such case, or it is not yours to see."))
        return False
    said = form.cleaned_data
    try:
        release(case=case.id, text=said["text"], sha256=said["sha256"], actor=request.actor, at=request.at)
    except Problem as problem:
        if problem.status != 422:
            raise
        form.add_error("number", title(problem))
        return False
    return True

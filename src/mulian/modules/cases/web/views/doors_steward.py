"""Who serves my family, and how do I reach them: asked by village, answered to everybody alike."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mulian.modules.cases.actions.asking_steward import ask
from mulian.modules.cases.queries.stewards import duties_of
from mulian.modules.cases.web.forms.doors import AskStewardForm
from mulian.modules.cases.web.showing import slip as slips
from mulian.modules.cases.web.views.door import (
    QUESTIONS,
    door,
    need_patience,
    refusal,
    refused,
    show,
    spoken_in,
)

ALIKE = "What it answers is the same for every family, known or not."


@door(ALIKE)
@require_http_methods(["GET", "HEAD", "POST"])
def steward(request: Any) -> HttpResponse:
    """The village's duties, which are public, and a form to be called back by."""
    village = request.GET.get("village", "")
    if request.method != "POST":
        form = AskStewardForm(initial={"slip": slips.fresh(request.at), "village": village})
        return show(request, "steward.html", _page(request, form, village))
    form = AskStewardForm(request.POST)
    sent: list[slips.Slip] = []
    if why := refusal(request, form, lambda: sent.append(_ask(request, form))):
        return refused(request, why, "steward.html", _page(request, form, request.POST.get("village", "")))
    return slips.open_for(HttpResponseRedirect(reverse("public_sent")), sent[0].id, request.at)


def _page(request: Any, form: AskStewardForm, village: str) -> dict[str, Any]:
    duties = duties_of(village, request.at, spoken_in()) if village else []
    return {"form": form, "village": village, "duties": duties}


def _ask(request: Any, form: AskStewardForm) -> slips.Slip:
    given, slip = form.cleaned_data, slips.read(form.cleaned_data["slip"], request.at)
    need_patience(request, QUESTIONS)
    ask(
        id=slip.id, village=given["village"], language=spoken_in(), number=given["number"], name=given["name"],
        phone=given["phone"], reach=given["reach"], at=request.at,
    )  # fmt: skip
    return slip

"""The public page: somebody without an account says what is wrong, or complains about their own liaison."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.knocking import Knock, checked, holder, knock, visitor
from mulian.modules.cases.queries.followed import followed
from mulian.modules.cases.web.forms.doors import ComplaintForm, PublicReportForm
from mulian.modules.cases.web.showing import slip as slips
from mulian.modules.cases.web.views.door import (
    door,
    met_limit,
    need_small,
    pictured,
    refusal,
    refused,
    show,
    spoken,
    spoken_in,
)

OPEN = "Anybody may report; the page shows nothing that is kept here."


@door(OPEN)
@csrf_exempt  # the size is looked at before the body is read, the token right after
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Any) -> HttpResponse:
    """What is wrong, by voice or in words. The form sent twice makes one case."""
    need_small(request)
    return _report(request, PublicReportForm, "report.html")


@door(OPEN)
@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: Any) -> HttpResponse:
    """About whoever serves one's own family; it never reaches them."""
    need_small(request)
    return _report(request, ComplaintForm, "complaint.html")


@csrf_protect
def _report(request: Any, kind: type[PublicReportForm | ComplaintForm], template: str) -> HttpResponse:
    if request.method != "POST":
        return show(request, template, {"form": kind(initial={"slip": slips.fresh(request.at)})})
    form = kind(request.POST, request.FILES)
    sent: list[slips.Slip] = []
    if why := refusal(request, form, lambda: sent.append(_knock(request, form))):
        return refused(request, why, template, {"form": form})
    return slips.open_for(HttpResponseRedirect(reverse("public_sent")), sent[0].id, request.at)


def _knock(request: Any, form: PublicReportForm | ComplaintForm) -> slips.Slip:
    given, slip = form.cleaned_data, slips.read(form.cleaned_data["slip"], request.at)
    because = met_limit(request, form, slip)
    about = given["area"] if isinstance(form, ComplaintForm) else ""
    said = Knock(
        id=slip.id,
        language=spoken_in(),
        text=given["text"],
        voice=spoken(request, form, visitor(spoken_in())),
        photos=pictured(request, form, visitor(spoken_in())),
        hazard=given.get("hazard", ""),
        area=given["area"],
        place=_spot(given),
        reach=given["reach"],
        about_area=about,
    )
    knock(checked(said), at=request.at, because=because)
    return slip


def _spot(given: dict[str, Any]) -> Spot | None:
    if given.get("lat") is None or given.get("lon") is None:
        return None
    return Spot(lat=given["lat"], lon=given["lon"], accuracy=given["accuracy"])


@door("Shows one report to the browser that sent it, for an hour.")
@require_safe
def sent(request: Any) -> HttpResponse:
    """The number to take along: large, as a picture, to print and to hear."""
    report = slips.opened(request, request.at)
    found = followed(holder(report, spoken_in()), request.at, spoken_in()) if report else None
    if found is None:
        return HttpResponseRedirect(reverse("public_follow"))
    return show(request, "sent.html", {"found": found, "picture": slips.picture(found.code)})

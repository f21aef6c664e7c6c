"""Handing one case to another system, from its own page: choose where to, see what will be sent, confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.core.ui.problems import title
from mulian.gateways.open311.actions.forwarding import Parcel, forward, parcel
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries import catalogue
from mulian.gateways.open311.queries.systems import systems, turned_away
from mulian.gateways.open311.web.forms import HandForm
from mulian.kernel.problems import Problem
from mulian.modules.cases import public as cases
from mulian.modules.cases.public import Brief

NOT_RIGHT = 422


@requires(Permission.FORWARD)
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: Any, id: UUID) -> HttpResponse:
    """The form, then all that would leave, then the case's page again."""
    case = cases.brief([id], request.actor, request.at).get(id)
    if case is None:
        raise Problem("not_found")
    places = _places(case, request.LANGUAGE_CODE)
    form = HandForm(request.POST or None, places=places, initial=_refused_before(case))
    shown = _looked_at(request, form, case) if form.is_valid() else None
    if shown and form.cleaned_data["sure"]:
        _send(request, form, case)
        return HttpResponseRedirect(reverse("cases_case", args=[case.id]))
    status = NOT_RIGHT if form.is_bound and shown is None else 200
    context = {"case": case, "form": form, "parcel": shown, "places": places}
    return render(request, "open311/hand.html", context, status=status)


def _looked_at(request: Any, form: HandForm, case: Brief) -> Parcel | None:
    try:
        return parcel(
            case=case.id, text=form.cleaned_data["text"], **form.there, actor=request.actor, at=request.at
        )
    except Problem as problem:
        if problem.status != NOT_RIGHT:
            raise
        form.add_error(None, f"{title(problem)} {gettext(problem.meaning.next_step)}")
        return None


def _send(request: Any, form: HandForm, case: Brief) -> None:
    forward(case=case.id, text=form.cleaned_data["text"], **form.there, actor=request.actor, at=request.at)


def _refused_before(case: Brief) -> dict[str, str]:
    """What was sent before and refused, to be put right instead of written anew."""
    row = turned_away(case.id)
    return {"to": f"{row.system}|{row.service}", "text": row.text} if row else {}


def _places(case: Brief, language: str) -> list[tuple[str, str]]:
    """Each service of each system, the nearest one of each system first."""
    names = catalogue.names(language)
    found: dict[str, str] = {}
    for there in systems().values():
        nearest = there.service_for(case.topic)
        for topic, service in sorted(there.services.items(), key=lambda each: each[1] != nearest):
            if not service:
                continue
            about = names.get(topic, topic) if topic else gettext("everything else")
            found.setdefault(f"{there.code}|{service}", f"{there.name} · {about} ({service})")
    return list(found.items())

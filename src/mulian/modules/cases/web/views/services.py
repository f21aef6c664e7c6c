"""The catalogue of services, opening one for a family, and marking its papers and steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import papers as moved
from mulian.modules.cases.actions.services import open_service
from mulian.modules.cases.domain.services import PaperState, service_named
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.services import offered, under_way, views
from mulian.modules.cases.web.forms.seeking import SeekForm
from mulian.modules.cases.web.forms.services import OpenServiceForm
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.rows import rows
from mulian.modules.cases.web.showing.services import Offer, offer
from mulian.modules.cases.web.views.report import FIND, LEDGER
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, accepted, go, shown
from mulian.modules.households import public as households


@requires(Permission.VIEW)
@require_safe
def catalogue(request: Any) -> HttpResponse:
    """What the county does for families, and what of it is under way here."""
    actor, at = request.actor, request.at
    found = under_way(actor, at)
    progress = views([case.id for case in found], language())
    context = {
        "offers": [offer(each, at) for each in offered()],
        "under_way": [
            (row, progress.get(case.id)) for row, case in zip(rows(found, actor, at), found, strict=True)
        ],
        "may_open": scope.permitted(actor, Permission.SERVE),
        "now": at,
    }
    return render(request, "cases/services.html", context)


@requires(Permission.SERVE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: Any, code: str) -> HttpResponse:
    """What the family needs, and the form that opens it. The same form sent twice opens one."""
    service = offer(service_named(rules().services, code), request.at)
    sent = request.POST if request.method == "POST" else None
    form = OpenServiceForm(sent, papers=service.papers, initial={"id": uuid7(request.at)})
    if form.is_bound and accepted(form, lambda: _open(request, form, code)):
        return go(request, f"/cases/{form.cleaned_data['id']}/")
    return _form(request, form, service)


def _open(request: Any, form: OpenServiceForm, code: str) -> None:
    given = form.cleaned_data
    open_service(
        id=given["id"], service=code, household=given["household"], text=given["text"], ready=given["ready"],
        actor=request.actor, at=request.at,
    )  # fmt: skip


def _form(request: Any, form: OpenServiceForm, service: Offer) -> HttpResponse:
    actor, at = request.actor, request.at
    picked = form.cleaned_data.get("household") if form.is_bound else None
    context = {
        "offer": service,
        "form": form,
        "chosen": households.brief([picked], actor, at).get(picked) if picked else None,
        "may_browse": scope.permitted(actor, LEDGER),
        "seek": SeekForm(actor=actor) if scope.permitted(actor, FIND) else None,
        "now": at,
    }
    return render(request, "cases/service_open.html", context, status=NOT_RIGHT if form.is_bound else 200)


@requires(Permission.SERVE)
@require_POST
def papers(request: Any, id: UUID) -> HttpResponse:
    """Where papers of a service are now."""
    _seen(request, id)
    try:
        to, places = (
            PaperState(request.POST.get("to", "")),
            [int(each) for each in request.POST.getlist("paper")],
        )
    except ValueError as error:
        raise Problem("invalid") from error
    moved.move_papers(case=id, papers=places, to=to, actor=request.actor, at=request.at)
    return shown(request, id)


@requires(Permission.SERVE)
@require_POST
def step(request: Any, id: UUID) -> HttpResponse:
    """A step of a service was taken, or was not after all."""
    _seen(request, id)
    try:
        place = int(request.POST.get("step", ""))
    except ValueError as error:
        raise Problem("invalid") from error
    done = request.POST.get("done", "1") == "1"
    moved.take_step(case=id, step=place, actor=request.actor, at=request.at, done=done)
    return shown(request, id)


def _seen(request: Any, id: UUID) -> None:
    if visible_case(id, request.actor, request.at) is None:
        raise Problem("not_found")

"""Campaigns: the list, a bank with its sums, and what fills and ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import campaigns as acts
from mulian.modules.cases.models import Campaign
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.public import numbered
from mulian.modules.cases.queries import campaigns as queries
from mulian.modules.cases.queries.outcomes import leaders
from mulian.modules.cases.web.forms.campaigns import AdoptForm, BeginForm, ChargeForm, EndForm
from mulian.modules.cases.web.showing import campaigns as showing
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, accepted

METHODS = ["GET", "HEAD", "POST"]


@requires(Permission.VIEW)
@require_safe
def listed(request: Any) -> HttpResponse:
    """Every campaign where the reader serves, with how its bank stands."""
    rows = queries.campaigns(request.actor, request.at)
    lines = [{"row": row, "sum": showing.sentence(queries.sums(row, request.at).all)} for row in rows]
    may_begin = scope.permitted(request.actor, Permission.CAMPAIGN)
    return render(request, "cases/campaigns.html", {"lines": lines, "may_begin": may_begin})


@requires(Permission.CAMPAIGN)
@require_http_methods(METHODS)
def new(request: Any) -> HttpResponse:
    """Begins one."""
    today = request.at.astimezone(CN).date()
    form = BeginForm(request.POST if request.method == "POST" else None, initial={"starts_on": today})
    form.offer(request.actor, leaders(request.at))
    id = uuid7(request.at)
    act = lambda: acts.begin(id=id, actor=request.actor, at=request.at, **form.cleaned_data)
    if form.is_bound and accepted(form, act):
        return HttpResponseRedirect(reverse("cases_campaign", args=[id]))
    return _form(request, form, gettext("A new campaign"), gettext("Begin"), reverse("cases_campaigns"))


@requires(Permission.VIEW)
@require_safe
def campaign(request: Any, id: UUID) -> HttpResponse:
    """The bank with its sums; once ended, this page is the report and prints as one."""
    return render(request, "cases/campaign.html", _page(request, _found(request, id)))


@requires(Permission.CAMPAIGN)
@require_http_methods(METHODS)
def adopt(request: Any, id: UUID) -> HttpResponse:
    """A case that was there already goes into the bank."""
    row = _mine(request, id)
    form = AdoptForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        found = numbered(form.cleaned_data["number"], request.actor, request.at)
        if found is None:
            raise Problem("not_found", status=NOT_RIGHT)
        acts.adopt(case=found.id, campaign=id, actor=request.actor, at=request.at)

    return _done(request, form, act, row, gettext("Take a case over"), gettext("Take it over"))


@requires(Permission.CAMPAIGN)
@require_http_methods(METHODS)
def end(request: Any, id: UUID) -> HttpResponse:
    """Ends it with a report."""
    row = _mine(request, id)
    form = EndForm(request.POST if request.method == "POST" else None)
    act = lambda: acts.end(campaign=id, actor=request.actor, at=request.at, **form.cleaned_data)
    return _done(request, form, act, row, gettext("End the campaign"), gettext("End it"))


@requires(Permission.CAMPAIGN)
@require_http_methods(METHODS)
def charge(request: Any, id: UUID) -> HttpResponse:
    """Who is in charge of one problem of a bank. `id` is the case's."""
    scope.require(request.actor, Permission.VIEW, kind="case", id=id, at=request.at)
    entry = queries.entry_of(id)
    if entry is None:
        raise Problem("not_found")
    row = _mine(request, entry.campaign_id)
    form = ChargeForm(
        request.POST if request.method == "POST" else None, initial=ChargeForm.initial_of(entry)
    )
    form.offer(row, leaders(request.at), showing.classes_of(row, language()))
    act = lambda: acts.charge(case=id, actor=request.actor, at=request.at, **form.cleaned_data)
    return _done(request, form, act, row, gettext("Who is in charge"), gettext("Save"))


def _found(request: Any, id: UUID) -> Campaign:
    row = queries.campaign(id, request.actor, request.at)
    if row is None:
        raise Problem("not_found")
    return row


def _mine(request: Any, id: UUID) -> Campaign:
    """One whose area the actor answers for."""
    row = _found(request, id)
    scope.require_area(request.actor, Permission.CAMPAIGN, row.area_id)
    return row


def _done(
    request: Any, form: Form, act: Callable[[], object], row: Campaign, title: str, button: str
) -> HttpResponse:  # fmt: skip
    back = reverse("cases_campaign", args=[row.id])
    if form.is_bound and accepted(form, act):
        return HttpResponseRedirect(back)
    return _form(request, form, title, button, back)


def _form(request: Any, form: Form, title: str, button: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "back": back}
    return render(request, "cases/campaign_form.html", context, status=NOT_RIGHT if form.is_bound else 200)


def _page(request: Any, row: Campaign) -> dict[str, Any]:
    actor, at, words = request.actor, request.at, language()
    sums = queries.sums(row, at)
    reach = any(row.area_id.startswith(p.area) for p in scope.granting(actor, Permission.CAMPAIGN))
    return {
        "row": row,
        "now": at,
        "sum": showing.sentence(sums.all),
        "found": sums.all,
        "parts": showing.parts(sums.all),
        "table": showing.table(sums, words),
        "bank": showing.bank(queries.bank(row, actor, at), words),
        "lookers": [queries.role_titles(words).get(each, each) for each in row.lookers],
        "mine": reach and row.ended_at is None,
    }

"""Needs and help plans of one household: taken down with consent, planned, carried out, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Help
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.permissions import Permission
from mulian.modules.households.web.register_forms import NeedForm, PlanForm
from mulian.modules.households.web.showing import Shown, needs_of
from mulian.modules.households.web.views.changing import METHODS, to_household
from mulian.modules.households.web.views.pages import form_page, found, refused


@requires(Permission.CARE)
@require_http_methods(METHODS)
def new_need(request: Any, id: UUID) -> HttpResponse:
    """A need the family agreed to, with the first help plan."""
    row = found(request, id, Permission.CARE)
    form = NeedForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        given = form.cleaned_data
        agreed = Agreed(
            by=UUID(given["consent_by"]),
            how=Consent(given["consent_how"]),
            on=request.at.astimezone(CN).date(),
            witness=given["consent_witness"],
            language=given["consent_language"],
        )
        try:
            actions.note_need(
                household=id, code=given["code"], member=given["member"], agreed=agreed, plan=_plan(form),
                actor=request.actor, at=request.at,
            )  # fmt: skip
        except Problem as problem:
            refused(form, problem)
        else:
            return to_household(id)
    return form_page(request, form, gettext("A need the family agreed to"), gettext("Save"), household=row)


@requires(Permission.CARE)
@require_http_methods(METHODS)
def need(request: Any, id: UUID, need: UUID) -> HttpResponse:
    """A new plan (the form), or one of the buttons: the help was given, the need is over, consent is withdrawn."""
    row = found(request, id, Permission.CARE)
    shown = Shown(row, request.actor, request.at)
    held = next((one for one in needs_of(row, shown.names, shown.today) if one["row"].id == need), None)
    if held is None:
        raise Problem("not_found")
    act = request.POST.get("act", "plan") if request.method == "POST" else ""
    if act == "given":
        actions.help_given(need=need, actor=request.actor, at=request.at)
        return to_household(id)
    if act in ("over", "withdrawn"):
        actions.end_need(need=need, withdrawn=act == "withdrawn", actor=request.actor, at=request.at)
        return to_household(id)
    form = PlanForm(request.POST if act == "plan" else None)
    if form.is_valid():
        try:
            actions.plan_help(need=need, plan=_plan(form), actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            return to_household(id)
    context = {"household": row, "need": held, "form": form}
    return render(request, "households/register/need.html", context, status=422 if form.is_bound else 200)


def _plan(form: PlanForm) -> Help:
    given = form.cleaned_data
    return Help(what=given["what"], who=given["who"], due=given["due"], review_on=given["review_on"])

"""Forms that register, change and close a household."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.core.areas import queries as areas
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Details
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.domain.titles import LOADS
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.capacity import Capacity
from mulian.modules.households.web import places
from mulian.modules.households.web.forms import DetailsForm, MemberForm, RegisterForm
from mulian.modules.households.web.views.pages import form_page, found, refused

METHODS = ["GET", "HEAD", "POST"]


def to_household(id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("household", args=[id]))


def warn(request: Any, warnings: tuple[Capacity, ...]) -> None:
    """Says how a grid area stands after a change; nothing was refused."""
    names = areas.names([one.area for one in warnings], get_language() or "zh-hans")
    for one in warnings:
        text = gettext("%(area)s: %(load)s (%(count)s households, %(low)s to %(high)s for one liaison).") % {
            "area": names[one.area],
            "load": gettext(LOADS[one.load]),
            "count": one.households,
            "low": one.low,
            "high": one.high,
        }
        messages.warning(request, text)


@requires(Permission.REGISTER)
@require_http_methods(METHODS)
def register(request: Any) -> HttpResponse:
    """Takes a household into the register."""
    language = get_language() or "zh-hans"
    villages = places.choices(places.villages(request.actor, Permission.REGISTER), language)
    homes = places.homes(request.actor, Permission.REGISTER, language)
    form = RegisterForm(request.POST or None, villages=villages, homes=homes)
    if form.is_valid():
        try:
            done = actions.register_household(**form.cleaned_data, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            warn(request, done.warnings)
            return to_household(done.household)
    return form_page(
        request, form, gettext("Register a household"), gettext("Register"), back=reverse("households")
    )


@requires(Permission.CHANGE)
@require_http_methods(METHODS)
def change(request: Any, id: UUID) -> HttpResponse:
    """Changes name, phone and language."""
    row = found(request, id, Permission.CHANGE)
    initial = {"name": row.name, "name_bo": row.name_bo, "phone": row.phone, "language": row.language}
    form = DetailsForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.update_household(
                household=id, details=Details(**form.cleaned_data), actor=request.actor, at=request.at
            )
        except Problem as problem:
            refused(form, problem)
        else:
            return to_household(id)
    return form_page(request, form, gettext("Change the details"), gettext("Save"), household=row)


@requires(Permission.CHANGE)
@require_http_methods(METHODS)
def change_member(request: Any, id: UUID, member: UUID) -> HttpResponse:
    """Corrects what is written of a member."""
    row = found(request, id, Permission.CHANGE)
    one = next((m for m in row.members.all() if m.id == member), None)
    if one is None:
        raise Problem("not_found")
    names = ("name", "name_bo", "birth_year", "relation", "phone", "speaks_for")
    form = MemberForm(request.POST or None, initial={name: getattr(one, name) for name in names})
    if form.is_valid() and _save_member(request, form, id, member):
        return to_household(id)
    return form_page(
        request, form, gettext("Change a member"), gettext("Save"), household=row, leaving=member
    )


def _save_member(request: Any, form: MemberForm, household: UUID, member: UUID) -> bool:
    change = MemberChange(id=member, **form.cleaned_data)
    try:
        actions.update_household(household=household, members=[change], actor=request.actor, at=request.at)
    except Problem as problem:
        refused(form, problem)
        return False
    return True

"""Screens of people: list, one person, new login, one-time password, switching off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access import actions, scope
from mulian.core.access.models import Person
from mulian.core.access.permissions import Permission
from mulian.core.access.views import requires
from mulian.core.access.web import reading
from mulian.core.access.web.forms import PersonForm, SearchForm
from mulian.core.access.web.passwords import one_time
from mulian.core.areas.queries import place_names
from mulian.core.registry import offers
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register

register("access.not_yourself", 409, "You cannot switch off your own login.", "Ask another administrator.")
PER_PAGE = 50


def rights(request: HttpRequest) -> dict[str, bool]:
    """What the buttons of these screens may offer."""
    return {
        "may_manage": scope.permitted(request.actor, Permission.MANAGE),  # type: ignore[attr-defined]
        "may_enrol": scope.permitted(request.actor, Permission.ENROL),  # type: ignore[attr-defined]
    }


@requires(Permission.VIEW)
@require_safe
def people(request: Any) -> HttpResponse:
    """Staff and liaisons in the asker's places."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    rows = reading.people(request.actor, Permission.VIEW, request.at, words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    held = [duty for person in page.object_list for duty in person.held]  # type: ignore[attr-defined]
    places = place_names((duty.area_id for duty in held), get_language() or "zh-hans")
    for duty in held:
        duty.place = places[duty.area_id]
    context = {"page": page, "form": form, "words": words, **rights(request)}
    return render(request, "access/people.html", context)


@requires(Permission.VIEW)
@require_safe
def person(request: Any, id: UUID) -> HttpResponse:
    """One person: duties now and before, phones."""
    found = reading.person(request.actor, Permission.VIEW, id, request.at)
    context = {
        "person": found,
        "past": reading.past_duties(id, request.at)[:20],
        "devices": found.devices.order_by("revoked_at", "-enrolled_at"),
        "offers": _offers(request.actor, id),
        **rights(request),
    }
    return render(request, "access/person.html", context)


def _offers(actor: Actor, person: UUID) -> list[tuple[str, str]]:
    """(address, words) of what modules can do for this person, for whoever may."""
    found = [each for each in offers("person") if scope.permitted(actor, each.permission)]
    return [(each.url.format(id=person), gettext(each.title)) for each in found]


@requires(Permission.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: Any) -> HttpResponse:
    """Makes a login and shows its one-time password."""
    form = PersonForm(request.POST or None)
    if not form.is_valid():
        return _form(request, form)
    secret = one_time()
    try:
        made = _made(request, form, secret)
    except Problem as problem:
        if problem.code != "access.username_taken":
            raise
        form.add_error("username", gettext(problem.title))
        return _form(request, form)
    return render(request, "access/password.html", {"person": made, "secret": secret, "new": True})


@transaction.atomic
def _made(request: Any, form: PersonForm, secret: str) -> Person:
    made = actions.create_person(**form.cleaned_data, actor=request.actor, at=request.at)
    actions.change_person(person=made.id, password=secret, actor=request.actor, at=request.at)
    return made


def _form(request: HttpRequest, form: PersonForm) -> HttpResponse:
    return render(request, "access/new_person.html", {"form": form}, status=422 if form.is_bound else 200)


@requires(Permission.MANAGE)
@require_POST
def reset_password(request: Any, id: UUID) -> HttpResponse:
    """Gives a one-time password, shown once on this page."""
    found = reading.person(request.actor, Permission.MANAGE, id, request.at)
    secret = one_time()
    actions.change_person(person=id, password=secret, actor=request.actor, at=request.at)
    return render(request, "access/password.html", {"person": found, "secret": secret})


@requires(Permission.MANAGE)
@require_POST
def switch(request: Any, id: UUID) -> HttpResponse:
    """Switches a login off or on."""
    found = reading.person(request.actor, Permission.MANAGE, id, request.at)
    if found.id == request.actor.person:
        raise Problem("access.not_yourself")
    wanted = request.POST.get("active") == "yes"
    actions.change_person(person=id, active=wanted, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("person", args=[id]))

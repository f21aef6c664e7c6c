"""Screens of duties: open, close, leave; and the rota of offices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mulian.core.access import actions
from mulian.core.access.models import Person
from mulian.core.access.permissions import Permission
from mulian.core.access.views import requires
from mulian.core.access.web import reading
from mulian.core.access.web.forms import LeaveForm, PostingForm, ShiftForm
from mulian.core.areas.codes import Level
from mulian.core.areas.models import Area
from mulian.kernel.actor import Role
from mulian.kernel.problems import Problem, register

register(
    "access.unknown_username", 422, "Nobody here has this user name.", "Look the user name up in the list."
)
_FORM_CODES = {"access.period": "valid_to", "access.unit_needed": "unit", "areas.unknown": "area"}


@requires(Permission.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_posting(request: Any, id: UUID) -> HttpResponse:
    """Gives a person a duty."""
    person = reading.person(request.actor, Permission.MANAGE, id, request.at)
    form = PostingForm(request.POST or None)
    if form.is_valid() and _opened(request, person, form):
        return HttpResponseRedirect(reverse("person", args=[id]))
    places = Area.objects.filter(valid_to__isnull=True).exclude(level=Level.GRID).order_by("code")
    return _answer(request, "access/open_posting.html", form, person=person, places=places)


def _opened(request: Any, person: Person, form: PostingForm) -> bool:
    data = form.cleaned_data
    try:
        actions.open_posting(
            person=person.id,
            role=Role(data["role"]),
            area=data["area"],
            unit=data["unit"].id if data["unit"] else None,
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            actor=request.actor,
            at=request.at,
        )
    except Problem as problem:
        form.add_error(_field_of(problem), gettext(problem.title))
        return False
    return True


def _field_of(problem: Problem) -> str:
    if problem.code not in _FORM_CODES:
        raise problem
    return _FORM_CODES[problem.code]


@requires(Permission.MANAGE)
@require_POST
def close_posting(request: Any, id: UUID) -> HttpResponse:
    """Ends a duty now."""
    posting = reading.posting(request.actor, Permission.MANAGE, id, request.at)
    actions.close_posting(posting=id, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("person", args=[posting.person_id]))


@requires(Permission.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Any, id: UUID) -> HttpResponse:
    """Says when the holder is away and who stands in."""
    posting = reading.posting(request.actor, Permission.MANAGE, id, request.at)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        deputy = _by_username(request, form, "deputy")
        if not form.errors and _left(request, id, form, deputy):
            return HttpResponseRedirect(reverse("person", args=[posting.person_id]))
    return _answer(request, "access/leave.html", form, posting=posting)


def _left(request: Any, posting: UUID, form: LeaveForm, deputy: Person | None) -> bool:
    data = form.cleaned_data
    try:
        actions.set_leave(
            posting=posting,
            starts=data["starts"],
            ends=data["ends"],
            deputy=deputy.id if deputy else None,
            actor=request.actor,
            at=request.at,
        )
    except Problem as problem:
        form.add_error("ends" if problem.code == "access.period" else None, gettext(problem.title))
        return False
    return True


@requires(Permission.ROTA)
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: Any) -> HttpResponse:
    """Who is on duty and who listens, from now on."""
    form = ShiftForm(request.POST or None)
    if form.is_valid():
        person = _by_username(request, form, "username")
        if person and _shift_added(request, form, person):
            return HttpResponseRedirect(reverse("rota"))
    shifts = reading.shifts(request.actor, Permission.ROTA, request.at)[:200]
    return _answer(request, "access/rota.html", form, shifts=shifts)


def _shift_added(request: Any, form: ShiftForm, person: Person) -> bool:
    data = form.cleaned_data
    try:
        actions.add_shift(
            unit=data["unit"].id,
            person=person.id,
            kind=data["kind"],
            language=data["language"],
            starts=data["starts"],
            ends=data["ends"],
            actor=request.actor,
            at=request.at,
        )
    except Problem as problem:
        form.add_error("ends" if problem.code == "access.period" else None, gettext(problem.title))
        return False
    return True


@requires(Permission.ROTA)
@require_POST
def remove_shift(request: Any, id: UUID) -> HttpResponse:
    """Takes a shift off the rota."""
    if not reading.shifts(request.actor, Permission.ROTA, request.at).filter(id=id).exists():
        raise Problem("not_found")
    actions.remove_shift(shift=id, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("rota"))


def _by_username(request: Any, form: Form, field: str) -> Person | None:
    """The person a field names, within the asker's reach; says so in the form when there is none."""
    name = form.cleaned_data[field].strip()
    if not name:
        return None
    found = reading.people(request.actor, Permission.VIEW, request.at).filter(username=name).first()
    if found is None:
        form.add_error(field, gettext(Problem("access.unknown_username").title))
    return found


def _answer(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)

"""Pages of institutions: the list with what is due, one with its checks, and the forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas.models import Area
from mulian.core.registry import offers
from mulian.core.ui.pages import page
from mulian.kernel.clock import CN
from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.institutions import (
    INSTITUTION,
    Premises,
    change_institution,
    note_check,
    register_institution,
)
from mulian.modules.households.models import Institution
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import institutions as places_of
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web import places
from mulian.modules.households.web.showing import words
from mulian.modules.households.web.views.changing import METHODS
from mulian.modules.households.web.views.pages import form_page, refused


class PremisesForm(forms.Form):
    """What is written of an institution."""

    name_zh = forms.CharField(label=_("Name"), max_length=60)
    name_bo = forms.CharField(label=_("Name in Tibetan"), required=False, max_length=120)
    capacity = forms.IntegerField(
        label=_("How many people fit in"), required=False, min_value=0, max_value=20000
    )
    phone = forms.CharField(
        label=_("Telephone number"), required=False, max_length=20,
        validators=[RegexValidator(r"^[0-9+ -]*$", _("Use digits only."))],
    )  # fmt: skip
    lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)

    def premises(self) -> Premises:
        given = dict(self.cleaned_data)
        lat, lon = given.pop("lat"), given.pop("lon")
        names = ("name_zh", "name_bo", "capacity", "phone")
        point = Point(lat, lon) if lat is not None and lon is not None else None
        return Premises(point=point, **{name: given[name] for name in names})


class NewForm(PremisesForm):
    """A new one: what kind, where."""

    kind = forms.ChoiceField(label=_("Kind"))
    area = forms.ChoiceField(label=_("Place"))

    def __init__(self, *args: Any, areas: places.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, words(name)) for code, name in catalogue().institutions.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.order_fields(["kind", "area"])


class ChangeForm(PremisesForm):
    """New details; or it serves nobody any more."""

    closed = forms.BooleanField(label=_("It serves nobody any more"), required=False)


class CheckForm(forms.Form):
    """What was looked at, whether it is sound, what was found."""

    code = forms.ChoiceField(label=_("What was checked"))
    sound = forms.ChoiceField(label=_("Is it safe?"))
    found = forms.CharField(label=_("What was found"), required=False, max_length=200)
    done_on = forms.DateField(
        label=_("On which day"), required=False, help_text=_("Leave empty for today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checks = [(c.code, words(c.name)) for c in catalogue().checks.values() if kind in c.of]
        self.fields["code"].choices = checks  # type: ignore[attr-defined]
        self.fields["sound"].choices = [("yes", gettext("Yes")), ("no", gettext("No"))]  # type: ignore[attr-defined]


@requires(Permission.PLACES)
@require_safe
def listed(request: Any) -> HttpResponse:
    """The institutions of one's area, what is due first."""
    today = request.at.astimezone(CN).date()
    shown = page(request, places_of.institutions(request.actor, request.at).order_by("area", "kind", "id"))
    rows = list(shown.object_list)
    dues = places_of.dues(rows)
    areas = Area.objects.in_bulk([row.area_id for row in rows])
    context = {
        "page": shown,
        "rows": [_line(row, areas, [due for due in dues[row.id] if due.late(today)]) for row in rows],
        "may_inspect": scope.permitted(request.actor, Permission.INSPECT),
    }
    return render(request, "households/institutions/list.html", context)


def _line(row: Institution, areas: dict[str, Area], late: list[places_of.Due]) -> dict[str, Any]:
    language = (get_language() or "").partition("-")[0]
    kind = catalogue().institutions.get(row.kind)
    return {
        "row": row,
        "called": row.name(language),
        "kind": words(kind) if kind else row.kind,
        "area": areas.get(row.area_id),
        "late": [words(due.entry.name) for due in late],
    }


@requires(Permission.PLACES)
@require_safe
def institution(request: Any, id: UUID) -> HttpResponse:
    """One of them: where, how large, its checks and when the next ones are due."""
    row, today = _found(request, id), request.at.astimezone(CN).date()
    dues = places_of.dues([row])[row.id]
    context = {
        **_line(row, Area.objects.in_bulk([row.area_id]), []),
        "dues": [{"due": d, "name": words(d.entry.name), "late": d.late(today)} for d in dues],
        "made": [{"row": c, "name": words(catalogue().checks[c.code].name)} for c in places_of.made(row)
                 if c.code in catalogue().checks],
        "offers": [] if row.closed_at else [
            (each.url.format(id=id), gettext(each.title)) for each in offers(INSTITUTION)
            if scope.permitted(request.actor, each.permission)
        ],
        "may_inspect": row.closed_at is None
        and scope.can(request.actor, Permission.INSPECT, kind=INSTITUTION, id=id, at=request.at),
    }  # fmt: skip
    return render(request, "households/institutions/one.html", context)


@requires(Permission.INSPECT)
@require_http_methods(METHODS)
def new(request: Any) -> HttpResponse:
    """Takes one into the register."""
    villages = places.villages(request.actor, Permission.INSPECT)
    form = NewForm(_sent(request), areas=places.choices(villages, get_language() or "zh-hans"))
    if form.is_valid():
        given = form.cleaned_data
        try:
            id = register_institution(
                kind=given["kind"],
                area=given["area"],
                premises=form.premises(),
                actor=request.actor,
                at=request.at,
            )
        except Problem as problem:
            refused(form, problem)
        else:
            return _to(id)
    back = reverse("households_institutions")
    return form_page(request, form, gettext("Register an institution"), gettext("Save"), back=back)


@requires(Permission.INSPECT)
@require_http_methods(METHODS)
def change(request: Any, id: UUID) -> HttpResponse:
    """New details of one."""
    row = _mine(request, id)
    names = ("name_zh", "name_bo", "capacity", "phone", "lat", "lon")
    form = ChangeForm(_sent(request), initial={name: getattr(row, name) for name in names})
    if form.is_valid():
        change_institution(
            institution=id, premises=form.premises(), closed=form.cleaned_data["closed"],
            actor=request.actor, at=request.at,
        )  # fmt: skip
        return _to(id)
    return form_page(request, form, gettext("Change the details"), gettext("Save"), back=_to(id).url)


@requires(Permission.INSPECT)
@require_http_methods(METHODS)
def check(request: Any, id: UUID) -> HttpResponse:
    """A safety check was made."""
    row = _mine(request, id)
    form = CheckForm(_sent(request), kind=row.kind)
    if form.is_valid():
        given = dict(form.cleaned_data)
        sound = given.pop("sound") == "yes"
        try:
            note_check(institution=id, sound=sound, actor=request.actor, at=request.at, **given)
        except Problem as problem:
            refused(form, problem)
        else:
            return _to(id)
    return form_page(request, form, gettext("A safety check was made"), gettext("Save"), back=_to(id).url)


def _found(request: Any, id: UUID) -> Institution:
    row = places_of.institution(id, request.actor, request.at)
    if row is None:
        raise Problem("not_found")
    return row


def _mine(request: Any, id: UUID) -> Institution:
    row = _found(request, id)
    scope.require(request.actor, Permission.INSPECT, kind=INSTITUTION, id=id, at=request.at)
    return row


def _sent(request: Any) -> Any:
    return request.POST if request.method == "POST" else None


def _to(id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("households_institution", args=[id]))

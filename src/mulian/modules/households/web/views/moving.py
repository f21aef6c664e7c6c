"""Forms that say where a household is, lives or is registered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.web import places
from mulian.modules.households.web.forms import CampForm, MoveForm
from mulian.modules.households.web.views.changing import METHODS, to_household, warn
from mulian.modules.households.web.views.pages import form_page, found, refused


@requires(Permission.MOVE)
@require_http_methods(METHODS)
def move(request: Any, id: UUID) -> HttpResponse:
    """A move to a camp, a grid area or a village, since any date."""
    row = found(request, id, Permission.MOVE)
    language = get_language() or "zh-hans"
    homes = places.homes(request.actor, Permission.MOVE, language)
    form = MoveForm(request.POST or None, camps=_camps(row, language), homes=homes)
    if form.is_valid():
        try:
            done = actions.move_household(**_move(form), household=id, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            warn(request, done.warnings)
            return to_household(id)
    return form_page(request, form, gettext("Move the household"), gettext("Save"), household=row)


def _camps(row: Household, language: str) -> places.Choices:
    return [(str(camp.id), camp.name(language)) for camp in row.camps.all()]


def _move(form: MoveForm) -> dict[str, Any]:
    """A camp's id has dashes, an area's code has none."""
    to = form.cleaned_data["to"]
    return {
        "kind": MoveKind(form.cleaned_data["kind"]),
        "camp": UUID(to) if "-" in to else None,
        "area": to if to and "-" not in to else None,
        "effective": form.cleaned_data["at"],
    }


@requires(Permission.MOVE)
@require_http_methods(METHODS)
def open_camp(request: Any, id: UUID) -> HttpResponse:
    """A seasonal place the household declares."""
    row = found(request, id, Permission.MOVE)
    homes = places.homes(request.actor, Permission.MOVE, get_language() or "zh-hans")
    form = CampForm(request.POST or None, homes=homes)
    if form.is_valid():
        given = dict(form.cleaned_data)
        lat, lon = given.pop("lat"), given.pop("lon")
        point = Point(lat, lon) if lat is not None and lon is not None else None
        actions.open_camp(household=id, point=point, actor=request.actor, at=request.at, **given)
        return to_household(id)
    return form_page(request, form, gettext("Declare a camp"), gettext("Save"), household=row)

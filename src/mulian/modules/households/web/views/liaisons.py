"""Who serves which grid area, where there is too much or too little, and the hand-over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas import queries as areas
from mulian.core.areas.codes import Level, level
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, queries
from mulian.modules.households.domain.titles import LOADS
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.capacity import GridRow, grids_of, pack_range
from mulian.modules.households.web import places
from mulian.modules.households.web.forms import HandOverForm
from mulian.modules.households.web.views.changing import METHODS, warn
from mulian.modules.households.web.views.pages import form_page, refused

TONES = {"fits": "good", "few": "warn", "many": "danger", "nobody": "danger"}
SHAPES = {"fits": "dot", "few": "half", "many": "triangle", "nobody": "cross"}


@requires(Permission.ASSIGN)
@require_safe
def overview(request: Any) -> HttpResponse:
    """The grid areas of a village with their liaisons and loads."""
    villages = places.villages(request.actor, Permission.ASSIGN)
    wanted = request.GET.get("village", "")
    chosen = next((v for v in villages if v.code == wanted), villages[0] if villages else None)
    rows = grids_of(chosen.code, request.at) if chosen else []
    context = {
        "villages": villages,
        "chosen": chosen,
        "rows": [_line(row) for row in rows],
        "warnings": sum(row.capacity.warns for row in rows),
        "households": sum(row.capacity.households for row in rows),
        "serving": len({one.person for row in rows for one in row.liaisons}),
        "qualified": len(queries.qualified_in(chosen.code)) if chosen else 0,
        "range": pack_range(),
    }
    return render(request, "households/liaisons.html", context)


def _line(row: GridRow) -> dict[str, Any]:
    load = row.capacity.load
    return {"row": row, "load": gettext(LOADS[load]), "tone": TONES[load], "shape": SHAPES[load]}


@requires(Permission.ASSIGN)
@require_http_methods(METHODS)
def hand_over(request: Any, area: str) -> HttpResponse:
    """Gives a grid area to a person of the village's list."""
    scope.require_area(request.actor, Permission.ASSIGN, area)
    place = areas.area(area)
    if place is None or level(area) != Level.GRID:
        raise Problem("not_found")
    serving = queries.liaisons_of([area], request.at)
    form = HandOverForm(request.POST or None, people=_people(area, request))
    if form.is_valid():
        try:
            done = actions.assign_liaison(
                area=area,
                person=UUID(form.cleaned_data["person"]),
                beside=form.cleaned_data["beside"],
                actor=request.actor,
                at=request.at,
            )
        except Problem as problem:
            refused(form, problem)
        else:
            warn(request, (done,) if done and done.warns else ())
            return HttpResponseRedirect(f"{reverse('households_liaisons')}?village={area[:12]}")
    return form_page(
        request,
        form,
        gettext("Hand over a grid area"),
        gettext("Hand over"),
        back=f"{reverse('households_liaisons')}?village={area[:12]}",
        place=place,
        place_name=place.name(get_language() or "zh-hans"),
        serving=serving,
    )


def _people(area: str, request: Any) -> places.Choices:
    """Those who do not serve first."""
    rows = queries.qualified_in(area[:12])
    busy = queries.serving_among([row.person_id for row in rows], request.at)
    ordered = sorted(rows, key=lambda row: row.person_id in busy)
    return [(str(row.person_id), _shown(row.person.name, row.person_id in busy)) for row in ordered]


def _shown(name: str, busy: bool) -> str:
    return gettext("%(name)s (serves already)") % {"name": name} if busy else name

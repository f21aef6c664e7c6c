"""The ledger of one's own area, the search from the county, and the page of one household."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.models import Person
from mulian.core.access.views import requires
from mulian.core.areas.models import Area
from mulian.core.events.queries import timeline
from mulian.core.registry import offers
from mulian.core.ui.pages import page
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, queries
from mulian.modules.households.actions import note_reading
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.domain.titles import FACTS, RELATIONS, SEASONS
from mulian.modules.households.models import Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import Whereabouts
from mulian.modules.households.queries.lives import went_into
from mulian.modules.households.queries.requests import restricted
from mulian.modules.households.web import places
from mulian.modules.households.web.forms import LANGUAGES, FindForm, LedgerForm
from mulian.modules.households.web.request_showing import duties
from mulian.modules.households.web.showing import Shown, needs_of, papers_of
from mulian.modules.households.web.views.pages import found, refused

LAST_FACTS = 20


@requires(Permission.BROWSE)
@require_safe
def ledger(request: Any) -> HttpResponse:
    """The households of one's own village or township, by words, place or liaison."""
    language = get_language() or "zh-hans"
    villages = places.villages(request.actor, Permission.BROWSE)
    inside = villages + places.grids(request.actor, Permission.BROWSE)
    form = LedgerForm(request.GET, areas=places.choices(sorted(inside, key=lambda a: a.code), language))
    given = form.cleaned_data if form.is_valid() else {"q": "", "area": ""}
    rows = queries.ledger(
        request.actor, request.at, text=given["q"], area=given["area"], liaison=_liaison(request)
    )
    shown = page(request, rows.order_by("number"))
    context = {
        "page": shown,
        "rows": _lines(list(shown.object_list), request),
        "form": form,
        "narrowed": bool(given["q"] or given["area"] or request.GET.get("liaison")),
        "may_register": scope.permitted(request.actor, Permission.REGISTER),
    }
    return render(request, "households/ledger.html", context)


def _liaison(request: Any) -> UUID | None:
    try:
        return UUID(request.GET["liaison"]) if request.GET.get("liaison") else None
    except ValueError:
        raise Problem("not_found") from None


def _lines(rows: list[Household], request: Any) -> list[dict[str, Any]]:
    """The rows with their places; three queries more, however many rows."""
    where = queries.whereabouts([row.id for row in rows], request.at)
    areas = _areas(where.values())
    return [{"household": row, **both_names(row), **named_places(where[row.id], areas)} for row in rows]


def both_names(row: Household | Member) -> dict[str, str]:
    """The name in the reader's script first, and the other one beside it."""
    called = row.called((get_language() or "").partition("-")[0])
    return {"called": called, "beside": row.name if called == row.name_bo else row.name_bo}


def _areas(where: Iterable[Whereabouts]) -> dict[str, Area]:
    """The areas of some whereabouts, and the villages of their grid areas."""
    codes = {code for place in where for code in place.areas}
    return Area.objects.in_bulk(sorted(codes | {code[:12] for code in codes}))


def named_places(place: Whereabouts, areas: dict[str, Area]) -> dict[str, Any]:
    """The areas behind the codes; `dual` when the family lives in another village than it is registered in."""
    home, registered = areas.get(place.residing or ""), areas.get(place.registered or "")
    return {
        "home": home,
        "village": areas.get(home.code[:12]) if home and len(home.code) > 12 else None,
        "registered": registered,
        "camp": place.camp,
        "camp_area": areas.get(place.camp_area or ""),
        "dual": bool(home and registered and home.code[:12] != registered.code[:12]),
    }


@requires(Permission.FIND)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Any) -> HttpResponse:
    """One household by two identifiers and a reason; at most ten hits, and the search is kept."""
    language = get_language() or "zh-hans"
    villages = places.choices(places.villages(request.actor, Permission.FIND), language)
    form = FindForm(request.POST or None, villages=villages)
    rows: list[Household] | None = None
    if form.is_valid():
        try:
            rows = list(actions.find_households(actor=request.actor, at=request.at, **form.cleaned_data))
        except Problem as problem:
            refused(form, problem)
    context = {"form": form, "searched": rows is not None, "rows": _lines(rows or [], request)}
    return render(request, "households/find.html", context, status=422 if form.errors else 200)


@requires(Permission.VIEW)
@require_safe
def household(request: Any, id: UUID) -> HttpResponse:
    """One household: who belongs to it, where it counts today, who serves it, what was done to its record.

    Where it was on an earlier day is answered only inside a case, a service or an incident.
    """
    row = found(request, id, Permission.VIEW)
    note_reading(households=[id], way=Way.PAGE, actor=request.actor, at=request.at)
    place = queries.whereabouts([id], request.at)[id]
    shown = Shown(row, request.actor, request.at)
    about_members = [] if row.closed_at else _offers("member", request.actor)
    about_camps = [] if row.closed_at else _offers("camp", request.actor)
    living = [code for code in (place.residing, place.camp_area) if code]
    context = {
        "household": row,
        **both_names(row),
        "members": [
            {
                "row": m,
                "relation": gettext(RELATIONS[m.relation]),
                "offers": [(url.format(id=m.id), words) for url, words in about_members],
                **both_names(m),
            }
            for m in row.members.all()
        ],
        "camps": [
            {
                "row": c,
                "season": gettext(SEASONS[c.season]) if c.season else "",
                "offers": [(url.format(id=c.id), words) for url, words in about_camps],
            }
            for c in row.camps.all()
        ],
        "language_name": dict(LANGUAGES).get(row.language, row.language),
        **named_places(place, _areas([place])),
        "liaisons": queries.liaisons_of(living, request.at),
        "facts": _facts(row),
        "went_into": went_into(id, request.at) if row.closed_at else None,
        "register": shown.groups(),
        "needs": list(needs_of(row, shown.names, shown.today)) if shown.cares else None,
        "papers": list(papers_of(row, shown.names, shown.cares, shown.today)),
        **_rights(request.actor, id, request),
        **_standing(id, request),
    }
    return render(request, "households/household.html", context)


def _offers(kind: str, actor: Actor) -> list[tuple[str, str]]:
    """(address with a place for the id, words) of what other modules can do with it, for whoever may."""
    found = [each for each in offers(kind) if scope.permitted(actor, each.permission)]
    return [(each.url, gettext(each.title)) for each in found]


def _standing(id: UUID, request: Any) -> dict[str, Any]:
    """Since when use of the record is restricted, what is used on by duty, and what else may be done from here."""
    return {
        "restricted": restricted([id], request.at).first(),
        "duties": duties(),
        "may_browse": scope.permitted(request.actor, Permission.BROWSE),
        "offers": [(url.format(id=id), words) for url, words in _offers(queries.KIND, request.actor)],
    }


def _rights(actor: Actor, id: UUID, request: Any) -> dict[str, bool]:
    wanted = {
        "may_change": Permission.CHANGE,
        "may_move": Permission.MOVE,
        "may_close": Permission.REGISTER,
        "may_slip": Permission.SLIP,
    }
    return {
        name: scope.can(actor, permission, kind=queries.KIND, id=id, at=request.at)
        for name, permission in wanted.items()
    }


def _facts(row: Household) -> list[dict[str, Any]]:
    """What was done to the record and by whom: never the places of a move."""
    facts = timeline(queries.KIND, row.id)[-LAST_FACTS:]
    if not facts:
        return [
            {
                "at": row.created_at,
                "title": gettext(FACTS["households.registered"]),
                "actor": gettext("Mulian"),
            }
        ]
    people = Person.objects.in_bulk({fact.event.actor for fact in facts})
    return [
        {
            "at": fact.event.recorded_at,
            "title": gettext(FACTS.get(fact.event.name, "Details changed")),
            "actor": people[fact.event.actor].name if fact.event.actor in people else gettext("Mulian"),
        }
        for fact in facts
    ]

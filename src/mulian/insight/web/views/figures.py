"""The leaders' page: how an area does, from the county down to one case; and the same as a table to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas import queries as areas
from mulian.insight.actions.taking import take_along
from mulian.insight.domain.periods import SHOWN, By
from mulian.insight.permissions import Permission
from mulian.insight.queries import figures as queries
from mulian.insight.queries.counting import Depth
from mulian.insight.web import showing, table
from mulian.insight.web.asked import Asked, asked, reach
from mulian.insight.web.words import MEANINGS, PERIODS
from mulian.modules.cases import public as cases

SHOWN_CASES = 200
VILLAGE = 12
"""Length of a village's code, from which on single cases are named; an office's own always are."""


@requires(Permission.VIEW)
@require_safe
def figures(request: Any) -> HttpResponse:
    """Lines over some periods, one period in depth, the parts below."""
    return render(
        request, "insight/figures.html", _page(request, asked(request.GET, request.actor, request.at))
    )


@requires(Permission.EXPORT)
@require_POST
def take(request: Any) -> HttpResponse:
    """The tables of one period as a file, for a purpose that is kept."""
    actor, at = request.actor, request.at
    wanted = asked(request.POST, actor, at, Permission.EXPORT)
    purpose = request.POST.get("purpose", "")
    if not purpose.strip():
        page = _page(request, wanted) | {"purpose_missing": True}
        return render(request, "insight/figures.html", page, status=422)
    take_along(reach=wanted.reach, by=wanted.by, span=wanted.of, purpose=purpose, actor=actor, at=at)
    found = queries.depth(wanted.reach, wanted.of, at)
    name = f"mulian-{wanted.area.code}-{wanted.by.value}-{wanted.of.since}.csv"
    answer = HttpResponse(table.written(wanted, found, purpose), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(request: Any, wanted: Asked) -> dict[str, Any]:
    actor, at, code = request.actor, request.at, wanted.area.code
    found = queries.depth(wanted.reach, wanted.of, at)
    line = queries.line(wanted.reach, wanted.row, at)
    chain = reach(actor, areas.chain(code))
    return {
        "asked": wanted,
        "area": wanted.area,
        "office": showing.office(wanted.unit) if wanted.unit else "",
        "chain": [(each, wanted.query(area=each.code)) for each in chain if each.code != code],
        "kinds": [(gettext(PERIODS[by]), wanted.query(by=by.value, of=""), by is wanted.by) for by in By],
        "periods": [
            (each.since.isoformat(), showing.period(wanted.by, each), each == wanted.of)
            for each in reversed(wanted.row)
        ],
        "period": showing.period(wanted.by, wanted.of),
        "many": SHOWN[wanted.by],
        "settled": at > wanted.of.settles,
        "depth": found,
        "moment": found.upto if found.upto < min(at, wanted.of.settles) else None,
        "after": queries.after(wanted.reach, wanted.of, at),
        "cards": showing.cards(found.total),
        "times": showing.times(found.total),
        "charts": showing.charts(wanted.by, wanted.row, line),
        "parts": _parts(wanted, found),
        "topics": showing.topics(found),
        "outcomes": showing.outcomes(found),
        "offices": showing.offices(found.units),
        "few": showing.few(),
        "means": {name: gettext(text) for name, text in MEANINGS.items()},
        "cases": _cases(wanted, actor, at) if wanted.unit or len(code) >= VILLAGE else None,
        "may_take": scope.permitted(actor, Permission.EXPORT),
    }


def _parts(wanted: Asked, found: Depth) -> list[dict[str, Any]]:
    """The areas below with the way to each."""
    lines = showing.parts(found, wanted.area.code)
    return [line | {"url": wanted.query(area=line["code"]) if line["code"] else ""} for line in lines]


def _cases(wanted: Asked, actor: Any, at: Any) -> list[dict[str, Any]]:
    """The period's cases that the reader sees in their own right, newest first."""
    newest = queries.cases(wanted.reach, wanted.of, at, SHOWN_CASES)
    seen = cases.brief(newest, actor, at)
    known = [seen[id] for id in newest if id in seen]
    topic = showing.topic
    return [{"case": each, "topic": topic(each.topic), "state": showing.state(each.state)} for each in known]

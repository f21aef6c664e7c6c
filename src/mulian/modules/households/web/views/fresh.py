"""What is stale in the register, where, and whose turn it is: a map and its table, from the county down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas.codes import Level, level, within
from mulian.core.areas.models import Area
from mulian.core.areas.queries import chain
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.collecting import OTHER_LENGTH, TITLE_LENGTH, want_collection
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import freshness
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.shares import Part, Share, shares
from mulian.modules.households.web.freshmap import STEPS, Spot, drawing
from mulian.modules.households.web.views.changing import METHODS
from mulian.modules.households.web.views.described import duties
from mulian.modules.households.web.views.ledger import both_names
from mulian.modules.households.web.views.pages import form_page, refused

ASKED = (Level.VILLAGE, Level.GRID)
"""Of which places a collection task may be made."""
BELOW = (Level.VILLAGE, Level.COOPERATIVE, Level.GRID)
"""Where families are named, to whoever keeps their ledger."""
MOST_ASKED = 8
WORDS = gettext_noop("Ask again what was last said too long ago")
DAYS = timedelta(days=14)
"""How long liaisons have by default: they come to most families in two weeks."""


class CollectForm(forms.Form):
    """In what words the liaisons are asked, and by when."""

    title = forms.CharField(label=_("What to do"), max_length=TITLE_LENGTH)
    other_title = forms.CharField(
        label=_("The same in the other language"), max_length=OTHER_LENGTH, required=False
    )
    due = forms.DateField(
        label=_("Until when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@requires(Permission.ASSIGN)
@require_http_methods(METHODS)
def collect(request: Any, area: str) -> HttpResponse:
    """What is stale in a village or grid area becomes a task of its liaisons."""
    place = Area.objects.filter(code=area, level__in=ASKED).first()
    if place is None or not _may(request, Permission.ASSIGN, area):
        raise Problem("not_found")
    first = {
        "title": gettext(WORDS),
        "other_title": _in_the_other_language(WORDS),
        "due": request.at.astimezone(CN).date() + DAYS,
    }
    form = CollectForm(request.POST if request.method == "POST" else None, initial=first)
    back = f"{reverse('households_fresh')}?area={area}"
    if form.is_valid():
        try:
            count = want_collection(area=area, **form.cleaned_data, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            messages.success(
                request, gettext("The liaisons are asked for %(count)s households.") % {"count": count}
            )
            return HttpResponseRedirect(back)
    name = place.name(get_language() or "zh-hans")
    title = gettext("Ask the liaisons for what is stale")
    return form_page(request, form, title, gettext("Send"), back=back, place_name=name)


def _in_the_other_language(words: str) -> str:
    """A liaison may read the one the office does not write."""
    with override("zh-hans" if get_language() == "bo" else "bo"):
        return gettext(words)


@requires(Permission.FRESH)
@require_safe
def fresh(request: Any) -> HttpResponse:
    """The parts of a place as map and table; in a village every household where something waits, by whose turn."""
    reach = duties(request)
    code = request.GET.get("area") or reach[0]
    parts = shares(code, request.actor, request.at)
    found = chain(code)
    above = [each for each in found[:-1] if any(within(each.code, own) for own in reach)]
    rows = [_row(request, number, part, code) for number, part in enumerate(parts, start=1)]
    context: dict[str, Any] = {
        "area": found[-1],
        "above": above,
        "duties": Area.objects.filter(code__in=reach).order_by("code") if len(reach) > 1 else (),
        "rows": rows,
        "total": _total(parts),
        "may_ask": _may_ask(request, code),
    }
    if any(part.area.code != code for part in parts):
        context["map"] = _map(rows)
        context["about"] = any(part.about for part in parts)
        context["asking"] = any(row["asks"] for row in rows)
        context["key"] = [(shade, words(shade)) for shade in range(len(STEPS) + 1)]
    if level(code) in BELOW and _may(request, Permission.BROWSE, code):
        context["parts"] = _parts(request, code)
        context["stalest"] = _stalest(request, code)
    return render(request, "households/register/fresh.html", context)


def _may(request: Any, permission: str, area: str) -> bool:
    return any(within(area, posting.area) for posting in scope.granting(request.actor, permission))


def _may_ask(request: Any, area: str) -> bool:
    return level(area) in ASKED and _may(request, Permission.ASSIGN, area)


def _row(request: Any, number: int, part: Part, here: str) -> dict[str, Any]:
    """One line of the table; it leads further down where the reader's duty does."""
    code = part.area.code
    deeper = code != here and (level(code) not in BELOW or _may(request, Permission.BROWSE, code))
    asks = code != here and bool(part.share.waiting) and _may_ask(request, code)
    return {"number": number, "part": part, "deeper": deeper, "asks": asks}


def _total(parts: list[Part]) -> Share:
    return sum((part.share for part in parts), Share())


def _map(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The drawing, each circle with its line of the table; circles in the table's order, as the keyboard goes."""
    by_number = {str(row["number"]): row for row in rows}
    spots = [
        Spot(key, r["part"].share.households, r["part"].share.percent, r["part"].point)
        for key, r in by_number.items()
    ]
    found = drawing(spots)
    if found is None:
        return None
    circles = sorted(found.circles, key=lambda circle: int(circle.key))
    return {"drawing": found, "circles": [{"circle": c, **by_number[c.key]} for c in circles]}


def words(shade: int) -> str:
    """What a shade of the map means."""
    if not shade:
        return gettext("nothing to ask")
    upto = STEPS[shade] - 1 if shade < len(STEPS) else 100
    return f"{STEPS[shade - 1]}–{upto}%"


def _stalest(request: Any, area: str) -> list[tuple[Any, int]]:
    """What most families are to be asked: the item's words and of how many."""
    items = catalogue().items
    found = freshness.most_stale(request.actor, request.at, area)
    return [(items[code].name, families) for code, families in found if code in items][:MOST_ASKED]


def _parts(request: Any, area: str) -> list[dict[str, Any]]:
    found = freshness.by_liaison(freshness.turns(request.actor, request.at, area), request.at)
    names = Area.objects.in_bulk({step for code, _, _ in found for step in (code, code[:VILLAGE_LENGTH])})
    return [
        {
            "area": names.get(code),
            "village": None if code.startswith(area[:VILLAGE_LENGTH]) else names.get(code[:VILLAGE_LENGTH]),
            "liaisons": liaisons,
            "rows": [{"turn": turn, **both_names(turn.household)} for turn in turns],
        }
        for code, liaisons, turns in found
    ]

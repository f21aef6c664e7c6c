"""Households, people, animals and needs of an area and its parts on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.scope import granting, require_area
from mulian.core.access.views import requires
from mulian.core.areas.models import Area
from mulian.core.areas.queries import chain
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.totals import Total
from mulian.modules.households.queries.totals import totals as counted


@requires(Permission.TOTALS)
@require_safe
def totals(request: Any) -> HttpResponse:
    """One's own area, or one below it; each part leads further down, as far as one's ledger goes."""
    reach = sorted(
        (p.area for p in granting(request.actor, Permission.TOTALS)), key=lambda code: (len(code), code)
    )
    area, day = request.GET.get("area") or reach[0], _day(request)
    found = counted(area, day, request.actor, request.at)
    areas = Area.objects.in_bulk([area, *found])
    if area not in areas:
        raise Problem("not_found")
    context = {
        "area": areas[area],
        "day": day,
        "above": [
            each for each in chain(area) if each.code != area and any(each.code.startswith(r) for r in reach)
        ],
        "parts": [
            {"area": areas[code], "total": total, "deeper": code != area and _deeper(code, request)}
            for code, total in sorted(found.items())
        ],
        "total": sum(found.values(), Total()),
    }
    return render(request, "households/totals.html", context)


def _deeper(code: str, request: Any) -> bool:
    """Villages and above have parts; a village opens for who keeps its ledger."""
    if len(code) < VILLAGE_LENGTH:
        return True
    try:
        require_area(request.actor, Permission.BROWSE, code)
    except Problem:
        return False
    return len(code) == VILLAGE_LENGTH


def _day(request: Any) -> date:
    today: date = request.at.astimezone(CN).date()
    try:
        return min(date.fromisoformat(request.GET["on"]), today) if request.GET.get("on") else today
    except ValueError:
        raise Problem("not_found") from None

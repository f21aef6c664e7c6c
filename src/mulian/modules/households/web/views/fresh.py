"""What is stale in the register and whose turn it is, village by village."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.areas.models import Area
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import freshness
from mulian.modules.households.web import places
from mulian.modules.households.web.views.ledger import both_names


@requires(Permission.BROWSE)
@require_safe
def fresh(request: Any) -> HttpResponse:
    """The villages with their counts; of the chosen one every household where something waits, by whose turn it is."""
    villages = places.villages(request.actor, Permission.BROWSE)
    chosen = next((v for v in villages if v.code == request.GET.get("village")), None)
    if chosen is None and len(villages) == 1:
        chosen = villages[0]
    context: dict[str, Any] = {"villages": villages, "chosen": chosen}
    if len(villages) > 1:
        names = {village.code: village for village in villages}
        counted = freshness.by_village(request.actor, request.at, names)
        context["counts"] = [{"village": names[one.code], "count": one} for one in counted]
    if chosen is not None:
        context["parts"] = _parts(request, chosen.code)
    return render(request, "households/register/fresh.html", context)


def _parts(request: Any, village: str) -> list[dict[str, Any]]:
    found = freshness.by_liaison(freshness.turns(request.actor, request.at, village), request.at)
    names = Area.objects.in_bulk({step for code, _, _ in found for step in (code, code[:VILLAGE_LENGTH])})
    return [
        {
            "area": names.get(code),
            "village": None if code.startswith(village) else names.get(code[:VILLAGE_LENGTH]),
            "liaisons": liaisons,
            "rows": [{"turn": turn, **both_names(turn.household)} for turn in turns],
        }
        for code, liaisons, turns in found
    ]

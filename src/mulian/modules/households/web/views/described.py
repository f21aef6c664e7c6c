"""The data catalogue: every item with meaning, class, owner, source, update duty, and how fresh it is in an area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.areas.codes import within
from mulian.core.areas.models import Area
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.catalogue import Catalogue
from mulian.modules.households.domain.titles import CLASSES, OF, OWNERS, SOURCES, TYPES
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.described import Told, told_of_items


@requires(Permission.FRESH)
@require_safe
def described(request: Any) -> HttpResponse:
    """What the register keeps, in the order of the pack, with the freshness of one area of one's own."""
    reach = duties(request)
    code = request.GET.get("area") or reach[0]
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise Problem("not_found")
    held = catalogue()
    told = told_of_items(code, request.actor, request.at)
    context = {
        "area": area,
        "duties": Area.objects.filter(code__in=reach).order_by("code") if len(reach) > 1 else (),
        "groups": list(_groups(held, told)),
        "needs": [{"need": need, "of": OF[need.of]} for need in held.needs.values()],
        "documents": [
            {"document": each, "of": OF[each.of], "privacy": CLASSES["S3" if each.sensitive else "S2"]}
            for each in held.documents.values()
        ],
        "checks": [
            {
                "check": check,
                "of": [held.institutions[kind] for kind in held.institutions if kind in check.of],
            }
            for check in held.checks.values()
        ],
    }
    return render(request, "households/register/catalogue.html", context)


def duties(request: Any) -> list[str]:
    """The places of the reader's duties, none inside another."""
    own = sorted({p.area for p in scope.granting(request.actor, Permission.FRESH)}, key=lambda c: (len(c), c))
    return [code for code in own if not any(within(code, other) for other in own if other != code)]


def _groups(held: Catalogue, told: dict[str, Told]) -> Iterator[dict[str, Any]]:
    for code, name in held.groups.items():
        rows = [
            {
                "item": item,
                "type": TYPES[item.type],
                "choices": list(item.choices.values()),
                "of": OF[item.of],
                "ages": item.ages if item.ages != (0, 120) else None,
                "privacy": CLASSES[item.class_],
                "owner": OWNERS[item.owner],
                "sources": [SOURCES[source] for source in item.sources],
                "told": told.get(item.code, Told()),
            }
            for item in held.items.values()
            if item.group == code
        ]
        if rows:
            yield {"code": code, "name": name, "rows": rows}

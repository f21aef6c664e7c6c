"""`POST /field/enrol`: makes a phone somebody's by a code that works once, and tells it its county."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mulian.core import packs
from mulian.core.access import visitors
from mulian.core.access.views import public
from mulian.core.sync import enrolling
from mulian.core.sync.views import read_body
from mulian.kernel import clock


@csrf_exempt
@require_POST
@public("a code that works once is the key")
def enrol(request: HttpRequest) -> HttpResponse:
    """{"code"} → token, name, server key, the county and its hazards."""
    made = enrolling.enrol(read_body(request), visitors.address(request), clock.now())
    return JsonResponse(made | {"pack": county()}, status=201)


def county() -> dict[str, Any]:
    """What the phone shows of its county: a name, and the hazards with their pictures."""
    pack = packs.current()
    hazards = [
        {"code": h["code"], "name": h["name"], "icon": h.get("icon", h["code"])}
        for h in pack.rows("hazards", "hazard")
    ]
    return {"code": settings.MULIAN_PACK, "name": pack.name, "hazards": hazards}

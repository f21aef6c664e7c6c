"""`GET /field/guide`: what a county gives all its phones alike (dangers, places, teaching clips), kept offline.

Public facts that change rarely travel here and not in the sync: one request a day, answered 304 when nothing
is new, and a pull stays as small as what happened.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.views.decorators.http import require_safe

from mulian.core.access.views import public
from mulian.core.areas.codes import Level
from mulian.core.areas.models import Area
from mulian.site.field.clips import listed
from mulian.site.field.enrol import county

TOWNSHIP_DIGITS = 9


@require_safe
@public("names and points of places, dangers and clips are public facts")
def guide(request: HttpRequest) -> HttpResponse:
    """`area`: a code of the phone's own area. Answers the county's townships and that township's villages."""
    found = JsonResponse(county() | {"places": places(request.GET.get("area", "")), "clips": listed()})
    tag = f'"{sha256(found.content).hexdigest()[:16]}"'
    response = HttpResponseNotModified() if request.headers.get("If-None-Match") == tag else found
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    return response


def places(area: str) -> list[dict[str, Any]]:
    """Known points (WGS84 degrees) a liaison may ride to, highest level first; `draft`: nobody has confirmed it."""
    near = Q(level=Level.VILLAGE, code__startswith=area[:TOWNSHIP_DIGITS]) if _is_township(area) else Q(pk="")
    wanted = Q(level__in=[Level.COUNTY, Level.TOWNSHIP]) | near
    rows = Area.objects.filter(wanted, lat__isnull=False, lon__isnull=False, valid_to__isnull=True)
    return [_place(row) for row in sorted(rows, key=lambda row: (len(row.code), row.code))]


def _is_township(area: str) -> bool:
    code = area[:TOWNSHIP_DIGITS]
    return len(code) == TOWNSHIP_DIGITS and code.isdigit()


def _place(row: Area) -> dict[str, Any]:
    data: dict[str, Any] = {"code": row.code, "level": row.level, "zh": row.name_zh, "at": [row.lat, row.lon]}
    data |= {"bo": row.name_bo} if row.name_bo else {}
    data |= {"en": row.name_en} if row.name_en else {}
    return data | ({"draft": True} if row.point_status == "draft" else {})

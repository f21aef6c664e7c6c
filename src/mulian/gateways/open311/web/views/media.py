"""A picture or voice that a person let out, and only while its case is public."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase

from mulian.core.files.queries import open_for
from mulian.core.files.web.reading import send
from mulian.gateways.open311.models import Release
from mulian.gateways.open311.queries.feed import is_public
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem


def media(request: Any, sha256: str) -> HttpResponseBase:
    """Raises `not_found` for everything that was not released."""
    rows = Release.objects.filter(sha256=sha256) if sha256 else Release.objects.none()
    if not any(is_public(row.case, request.at) for row in rows[:10]):
        raise Problem("not_found")
    response = send(request, open_for(SYSTEM, sha256, request.at))
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response

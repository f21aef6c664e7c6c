"""One number a screen may ask for again and again: an ETag makes "nothing new" cost a 304 and no body."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import parse_etags


def answer(request: HttpRequest, number: int, **more: Any) -> HttpResponse:
    """304 when the asker already has this, else JSON `{"number": …, **more}` with its ETag."""
    response: HttpResponse = JsonResponse({"number": number, **more})
    etag = f'"{blake2b(response.content, digest_size=9).hexdigest()}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-store, private"
    return response

"""What phones fetch: the list of recorded labels of a language, and each sound by its hash.

Open to everybody: these are the words on the buttons of a public app, spoken by somebody who agreed to be heard on
every phone of the county. A phone can keep them before it is enrolled, and its service worker needs no token.
"""

from __future__ import annotations

from hashlib import sha256 as digest
from json import dumps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.views.decorators.http import require_safe

from mulian.core.access.views import public
from mulian.core.files.web.reading import send
from mulian.kernel.problems import Problem
from mulian.modules.phrases.domain.words import SPOKEN
from mulian.modules.phrases.queries import spoken

FOR_EVER = "public, max-age=31536000, immutable"


@public("the words of an open app, spoken by somebody who agreed to be heard")
@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """`{"v":1,"sounds":[{"words","sha256","size"}…]}`, the most important first; unchanged costs a 304."""
    if language not in SPOKEN:
        raise Problem("not_found")
    sounds = [
        {"words": one.words, "sha256": one.media.sha256, "size": one.media.size}
        for one in spoken.manifest(language)
    ]
    body = dumps({"v": 1, "sounds": sounds}, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{digest(body).hexdigest()[:16]}"'
    unchanged = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if unchanged else HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return response


@public("as above")
@require_safe
def sound(request: HttpRequest, language: str, sha256: str) -> HttpResponseBase:
    """One sound; its address names its bytes, so it may be kept for ever."""
    found = spoken.sound(language, sha256) if language in SPOKEN else None
    if found is None:
        raise Problem("not_found")
    response = send(request, found.media)
    response.headers["Cache-Control"] = FOR_EVER
    return response

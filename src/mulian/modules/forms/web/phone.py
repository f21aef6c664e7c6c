"""What phones fetch: a form, or a picture or sound of its labels, by the hash of its bytes.

Open to everybody: a form is a list of questions and names no person. A phone fetches it once and keeps it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from mulian.core.access.views import public
from mulian.core.files.web.reading import send
from mulian.kernel.problems import Problem
from mulian.modules.forms.queries.published import bytes_of, shown

FOR_EVER = "public, max-age=31536000, immutable"


@public("questions, no person")
@require_safe
def form(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """Its address names its bytes, so it may be kept for ever."""
    found = bytes_of(sha256)
    if found is not None:
        response: HttpResponseBase = HttpResponse(found, content_type="application/json; charset=utf-8")
    elif (media := shown(sha256)) is not None:
        response = send(request, media)
    else:
        raise Problem("not_found")
    response.headers["Cache-Control"] = FOR_EVER
    return response

"""Publishing a form: look first, then publish what was looked at."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.core.files.shelving import NotShelved, Shelved, shelve
from mulian.core.ui.problems import title
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.publishing import Draft, draft, publish
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.web.asking import every, said

LARGEST = 600_000
"""Bytes of a form that travel with the page that shows it."""
LARGEST_REQUEST = 24_000_000
SALT = "forms.media"
"""What was looked at travels as a list that only we can write: no hash of somebody's photo can be published by it."""
NOT_RIGHT = 422


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """A file is chosen, looked at with everything that is wrong in it, and published."""
    if request.method != "POST":
        return render(request, "forms/publish.html", {})
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        raise Problem("too_large")
    source = _source(request)
    if source is None:
        said_so = gettext("Choose a form of at most 600 KB.")
        return render(request, "forms/publish.html", {"sentence": said_so}, status=NOT_RIGHT)
    try:
        source = replace(source, media=_media(request))
        found = draft(source)
        if "publish" in request.POST:
            row = publish(source=source, actor=request.actor, at=request.at)
            return redirect("forms_form", code=row.code)
    except NotShelved as wrong:
        return _wrong(request, replace(source, name=wrong.name or source.name), [wrong])
    except NotAForm as wrong:
        return _wrong(request, source, wrong.faults)
    except Problem as problem:
        if problem.status < 409:
            raise
        return _wrong(request, source, [problem])
    return render(request, "forms/publish.html", _preview(source, found))


def _source(request: Any) -> Source | None:
    file = request.FILES.get("file")
    if file is not None:
        return Source(file.name[:120], file.read()) if file.size <= LARGEST else None
    try:
        data = b64decode(request.POST.get("content", ""), validate=True)
    except (Error, ValueError):
        return None
    return Source(request.POST.get("name", "")[:120], data) if data else None


def _media(request: Any) -> dict[str, Shelved]:
    """The files that came along now, or those that were looked at before. Raises NotShelved."""
    sent = request.FILES.getlist("media")
    if not sent and request.POST.get("media"):
        try:
            looked_at = signing.loads(request.POST["media"], salt=SALT, max_age=timedelta(hours=12))
        except signing.BadSignature:
            raise Problem("bad_request") from None
        return {name: Shelved(**each) for name, each in looked_at.items()}
    kept = shelve([(file.name[:120], file.read()) for file in sent], at=request.at)
    return {each.name: each for each in kept}


def _preview(source: Source, found: Draft) -> dict[str, Any]:
    return {
        "name": source.name,
        "content": b64encode(source.data).decode(),
        "media": signing.dumps({name: asdict(each) for name, each in source.media.items()}, salt=SALT),
        "files": len(found.media),
        "preview": True,
        "title": said(found.form.title),
        "form": found.form,
        "questions": every(found.form),
    }


def _wrong(request: Any, source: Source, problems: list[Problem]) -> HttpResponse:
    rows = [{"title": title(each), "next": gettext(each.meaning.next_step)} for each in problems]
    return render(request, "forms/publish.html", {"name": source.name, "faults": rows}, status=NOT_RIGHT)

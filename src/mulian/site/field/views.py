"""Serves the built phone app under `/field/`: hashed files for ever, everything else checked each time."""

from __future__ import annotations

import mimetypes
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from mulian.core.access.views import public
from mulian.kernel.problems import Problem, register

register(
    "field.not_built",
    503,
    "The phone app is not built on this server.",
    "Run make setup, or install a release.",
)
WORKER, GONE = "sw.js", "sw-gone.js"
"""The app's service worker, and what is served in its place while the county has withdrawn it."""
TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".woff2": "font/woff2"}


@require_safe
@public("the app itself holds no data; data needs the phone's token")
def app(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """A file of the build; a hashed asset may be kept for a year, `sw.js` and the page never unchecked."""
    root: Path = settings.MULIAN_FIELD_DIST
    if not root.is_dir():
        raise Problem("field.not_built")
    path = (root / (GONE if name == WORKER and settings.MULIAN_FIELD_WITHDRAWN else name)).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise Problem("not_found")
    packed, encoding = _packed(path, request.headers.get("Accept-Encoding", ""))
    tag = f'"{_digest(path)}{encoding}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    response = FileResponse(packed.open("rb"), content_type=_type(path))
    if encoding:
        response["Content-Encoding"] = encoding
    response["ETag"] = tag
    response["Vary"] = "Accept-Encoding"
    hashed = path.parent.name == "assets"
    response["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
    if name == WORKER:
        response["Service-Worker-Allowed"] = "/field/"
        # A worker obeys the policy it came with: the one for data would forbid it to fetch the app's own files.
        response["Content-Security-Policy"] = "default-src 'self'"
    return response


def _packed(path: Path, accepts: str) -> tuple[Path, str]:
    """The pre-packed neighbour (`.br`, `.gz`) the browser takes, else the file."""
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        beside = path.with_name(path.name + suffix)
        if encoding in accepts and beside.is_file():
            return beside, encoding
    return path, ""


def _digest(path: Path) -> str:
    stat = path.stat()
    return sha256(f"{path.name}|{stat.st_size}|{stat.st_mtime_ns}".encode()).hexdigest()[:16]


def _type(path: Path) -> str:
    return TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"

"""Sends a checked content so that no browser can mistake it for anything else, whole or a range of it
(G21).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from mulian.core.files.kinds import KINDS
from mulian.core.files.queries import Media
from mulian.kernel.problems import Problem

PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def send(request: HttpRequest, media: Media) -> HttpResponseBase:
    """The content, 206 for a range of it (a player seeks), 304 when the reader has it already."""
    etag = f'"{media.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=_headers(media, etag))
    wanted = _range(request, media, etag)
    first, end = wanted or (0, media.size)
    body = _pieces(media.path, first, end) if request.method != "HEAD" else iter(())
    response = StreamingHttpResponse(body, status=206 if wanted else 200, headers=_headers(media, etag))
    response.headers["Content-Type"] = media.mime
    response.headers["Content-Length"] = str(end - first)
    if wanted:
        response.headers["Content-Range"] = f"bytes {first}-{end - 1}/{media.size}"
    return response


def _headers(media: Media, etag: str) -> dict[str, str]:
    """`no-cache` lets the reader keep the bytes but ask each time: a right that was lost bites at once."""
    return {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="{media.sha256[:12]}.{KINDS[media.mime].suffix}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Vary": "Cookie, Authorization",
    }


def _range(request: HttpRequest, media: Media, etag: str) -> tuple[int, int] | None:
    """The half-open range asked for; None means the whole (no range, several, or of another content)."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not found or found[1] == found[2] == "" or request.headers.get("If-Range", etag) != etag:
        return None
    if not found[1]:
        first, end = max(0, media.size - int(found[2])), media.size
    else:
        first, end = int(found[1]), min(int(found[2] or media.size) + 1, media.size)
    if first >= end:
        raise Problem("files.wrong_range", size=media.size)
    return first, end


def _pieces(path: Path, first: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while first < end and (piece := file.read(min(PIECE, end - first))):
            first += len(piece)
            yield piece

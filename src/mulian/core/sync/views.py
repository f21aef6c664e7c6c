"""`POST /field/sync`."""

from __future__ import annotations

import gzip
import io
import zlib

import brotli
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mulian.core.access import devices
from mulian.core.access.views import public
from mulian.core.sync import answering, heartbeat, wire
from mulian.kernel import clock
from mulian.kernel.problems import Problem

MAX_BODY = 2 * 1024 * 1024
SMALL = 200


@csrf_exempt
@require_POST
@public("the phone's token is checked inside")
def sync(request: HttpRequest) -> HttpResponse:
    """One round trip of one phone. A revoked phone gets 200, its commands go to quarantine, then `wipe`."""
    now = clock.now()
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = devices.recognise(token.strip(), now) if scheme == "Device" else None
    if known is None:
        raise Problem("device_unknown")
    asked = wire.decode_request(read_body(request))
    answer = answering.answer(asked, known, now)
    if not known.revoked:
        sent = wire.moment(asked.at or "")
        skew = round((sent - now).total_seconds()) if sent else 0
        heartbeat.beat(
            device=known.device, person=known.person, unsent=asked.unsent, skew_seconds=skew, now=now
        )
    return packed(request, wire.encode(answer))


def read_body(request: HttpRequest) -> bytes:
    """The body, unpacked; at most 2 MiB in either form (a bomb is 413, a broken stream 400)."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        raise Problem("too_large")
    raw = request.read(MAX_BODY + 1)
    if len(raw) > MAX_BODY:
        raise Problem("too_large")
    if request.headers.get("Content-Encoding", "").lower() != "gzip":
        return raw
    try:
        body = gzip.GzipFile(fileobj=io.BytesIO(raw)).read(MAX_BODY + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Problem("bad_request") from error
    if len(body) > MAX_BODY:
        raise Problem("too_large")
    return body


def packed(request: HttpRequest, body: bytes) -> HttpResponse:
    """The answer, in the smallest form the phone takes."""
    accepts = request.headers.get("Accept-Encoding", "")
    response = HttpResponse(content_type="application/json")
    if len(body) < SMALL:
        pass
    elif "br" in accepts:
        body, response["Content-Encoding"] = brotli.compress(body, quality=5), "br"
    elif "gzip" in accepts:
        body, response["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    response.content = body
    response["Cache-Control"] = "no-store"
    return response

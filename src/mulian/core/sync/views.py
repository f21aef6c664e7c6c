"""`POST /field/sync`."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import brotli
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mulian.core.access import devices
from mulian.core.access.views import public
from mulian.core.sync import answering, wire
from mulian.kernel import clock
from mulian.kernel.problems import Problem

MAX_BODY = 2 * 1024 * 1024
SMALL = 200
QUALITY = ((64 * 1024, 10), (4096, 8), (0, 5))
"""Brotli by the size of the answer. A liaison's first pull (150 KB, once a phone) is 9 % smaller at 10 than at 5 for
80 ms of processor, which is half a second of a 2G line; what comes each day is small and costs next to nothing."""
GZIP = 31
"""What zlib calls the gzip format with the largest window."""


@dataclass(frozen=True)
class Sent:
    """What of an HTTP request a round trip needs: the body still packed, the headers as they came."""

    authorization: str
    encoding: str
    accepts: str
    body: bytes


@csrf_exempt
@require_POST
@public("the phone's token is checked inside")
def sync(request: HttpRequest) -> HttpResponse:
    """One round trip of one phone. A revoked phone gets 200, its commands go to quarantine, then `wipe`."""
    headers = request.headers
    encoding, accepts = headers.get("Content-Encoding", ""), headers.get("Accept-Encoding", "")
    sent = Sent(headers.get("Authorization", ""), encoding, accepts, _raw(request))
    body, extra = exchange(sent)
    return HttpResponse(body, content_type="application/json", headers=extra)


def exchange(sent: Sent) -> tuple[bytes, dict[str, str]]:
    """The answer's bytes and headers. Raises Problem for a request that is refused as a whole."""
    now = clock.now()
    scheme, _, token = sent.authorization.partition(" ")
    if scheme != "Device":
        raise Problem("device_unknown")
    try:
        asked = wire.decode_request(_unpacked(sent.body, sent.encoding))
    except Problem:
        if devices.recognise(token.strip(), now) is None:
            raise Problem("device_unknown") from None
        raise
    body = wire.encode(answering.answer(asked, token.strip(), now))
    return _packed(body, sent.accepts)


def read_body(request: HttpRequest) -> bytes:
    """The body, unpacked; at most 2 MiB in either form (a bomb is 413, a broken stream 400)."""
    return _unpacked(_raw(request), request.headers.get("Content-Encoding", ""))


def _raw(request: HttpRequest) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        raise Problem("too_large")
    raw = request.read(MAX_BODY + 1)
    if len(raw) > MAX_BODY:
        raise Problem("too_large")
    return raw


def _unpacked(raw: bytes, encoding: str) -> bytes:
    if encoding.lower() != "gzip":
        return raw
    unpacking = zlib.decompressobj(wbits=GZIP)
    try:
        body = unpacking.decompress(raw, MAX_BODY + 1)
    except zlib.error as error:
        raise Problem("bad_request") from error
    if len(body) > MAX_BODY:
        raise Problem("too_large")
    if not unpacking.eof:
        raise Problem("bad_request")
    return body


def quality_for(size: int) -> int:
    """How hard Brotli works on an answer of so many bytes."""
    return next(quality for least, quality in QUALITY if size >= least)


def _packed(body: bytes, accepts: str) -> tuple[bytes, dict[str, str]]:
    """The answer in the smallest form the phone takes."""
    headers = {"Cache-Control": "no-store"}
    if len(body) < SMALL:
        return body, headers
    if "br" in accepts:
        return brotli.compress(body, quality=quality_for(len(body))), headers | {"Content-Encoding": "br"}
    if "gzip" in accepts:
        return zlib.compress(body, 6, wbits=GZIP), headers | {"Content-Encoding": "gzip"}
    return body, headers

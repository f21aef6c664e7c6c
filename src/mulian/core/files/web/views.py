"""The tus protocol over HTTP: reads headers, calls, answers. Who sends is found here; what they see, in
queries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from mulian.core.access import scope
from mulian.core.access.devices import device_actor, device_sender
from mulian.core.access.views import public
from mulian.core.files import inspection, receiving, tus
from mulian.core.files.models import Blob
from mulian.core.files.permissions import Permission
from mulian.core.files.queries import open_for
from mulian.core.files.receiving import Standing
from mulian.core.files.web.reading import send
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

Answer = Callable[[HttpRequest, Actor, datetime], HttpResponseBase]


@csrf_exempt
@public("device token checked inside")
def field_files(request: HttpRequest) -> HttpResponseBase:
    """A phone announces a photo or a voice."""
    return _collection(request, _phone)


@csrf_exempt
@public("device token checked inside")
def field_file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """A phone sends, asks where it stands, or reads what it may see."""
    return _item(request, sha256, _phone)


@public("session, key or device token checked inside")
def files(request: HttpRequest) -> HttpResponseBase:
    """The same for staff and programs."""
    return _collection(request, _anyone)


@public("session, key or device token checked inside")
def file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The same for staff and programs."""
    return _item(request, sha256, _anyone)


Who = Callable[[HttpRequest, datetime], Actor]


def _phone(request: HttpRequest, at: datetime) -> Actor:
    """A phone that reads is open and in use; one that sends may be locked, or about to be wiped."""
    token = request.headers.get("Authorization", "")
    return device_actor(token, at) if _reads(request) else device_sender(token, at)


def _reads(request: HttpRequest) -> bool:
    method = _method(request)
    return method == "GET" or (method == "HEAD" and not request.headers.get("Tus-Resumable"))


def _anyone(request: HttpRequest, at: datetime) -> Actor:
    if request.headers.get("Authorization", "").startswith("Device "):
        return _phone(request, at)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Problem("login_needed")
    return actor


def _collection(request: HttpRequest, who: Who) -> HttpResponseBase:
    match _method(request):
        case "OPTIONS":
            return HttpResponse(status=204, headers=tus.ABILITIES)
        case "POST":
            at = _now(request)
            return _announce(request, _sender(request, who, at), at)
    raise Problem("method_not_allowed")


def _item(request: HttpRequest, sha256: str, who: Who) -> HttpResponseBase:
    method, at = _method(request), _now(request)
    if method == "OPTIONS":
        return HttpResponse(status=204, headers=tus.ABILITIES)
    if method == "PATCH":
        return _receive(request, sha256.lower(), _sender(request, who, at), at)
    if method == "HEAD" and request.headers.get("Tus-Resumable"):
        return _stands(request, sha256.lower(), _sender(request, who, at), at)
    if method in {"GET", "HEAD"}:
        return send(request, open_for(who(request, at), sha256.lower(), at))
    raise Problem("method_not_allowed")


def _now(request: HttpRequest) -> datetime:
    return cast(datetime, cast(Any, request).at)


def _method(request: HttpRequest) -> str:
    """Some networks let only GET and POST pass; tus names the real method in a header then."""
    override = request.headers.get("X-HTTP-Method-Override", "") if request.method == "POST" else ""
    return override.upper() or request.method or ""


def _sender(request: HttpRequest, who: Who, at: datetime) -> Actor:
    actor = who(request, at)
    tus.check_version(_headers(request))
    scope.require_any(actor, Permission.SEND)
    return actor


def _announce(request: HttpRequest, actor: Actor, at: datetime) -> HttpResponse:
    creation = tus.creation(_headers(request))
    standing = receiving.announce(creation=creation, actor=actor, at=at)
    if standing.complete:
        _settled(creation.sha256, at)
    response = _answer(standing, creation.sha256, 200 if standing.complete else 201)
    response.headers["Location"] = f"{request.path.rstrip('/')}/{creation.sha256}"
    return response


def _stands(request: HttpRequest, sha256: str, actor: Actor, at: datetime) -> HttpResponse:
    return _answer(receiving.standing(sha256=sha256, actor=actor, at=at), sha256, 200)


def _receive(request: HttpRequest, sha256: str, actor: Actor, at: datetime) -> HttpResponse:
    headers = _headers(request)
    if request.content_type != tus.PATCH_TYPE:
        raise Problem("unsupported")
    if not headers.get("Content-Length"):
        raise Problem("files.no_length")
    standing = receiving.receive(
        sha256=sha256,
        offset=tus.number(headers, "Upload-Offset"),
        length=tus.number(headers, "Content-Length"),
        read=_reader(request),
        actor=actor,
        at=at,
    )
    if standing.complete:
        _settled(sha256, at)
    return _answer(standing, sha256, 204)


def _reader(request: HttpRequest) -> receiving.Read:
    """A connection that breaks ends the body; what came before it is kept."""

    def read(most: int) -> bytes:
        try:
            return cast(bytes, cast(Any, request).read(most))
        except OSError:
            return b""

    return read


def _settled(sha256: str, at: datetime) -> None:
    """The sender of something that cannot be used hears it at once."""
    blob = inspection.check_soon(sha256, at)
    if blob.state == Blob.State.REFUSED:
        raise Problem(blob.code)


def _answer(standing: Standing, sha256: str, status: int) -> HttpResponse:
    headers = tus.answer(
        offset=standing.offset,
        size=standing.size,
        expires=standing.expires,
        whole=sha256 if standing.complete else None,
    )
    return HttpResponse(status=status, headers=headers)


def _headers(request: HttpRequest) -> Mapping[str, str]:
    return cast(Mapping[str, str], request.headers)

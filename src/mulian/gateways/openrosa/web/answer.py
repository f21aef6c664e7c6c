"""Every answer of the gateway, also a refusal: OpenRosa's headers, XML, and words in the user's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language, get_language_from_request, gettext, override
from django.views.decorators.csrf import csrf_exempt

from mulian.core.access.views import public
from mulian.core.sync import rates
from mulian.core.ui.problems import title
from mulian.gateways.openrosa.actions.recognising import Asked, SignIn, by_digest, by_key, challenge
from mulian.gateways.openrosa.domain import documents
from mulian.gateways.openrosa.domain.refusals import OTHER_VERSION
from mulian.gateways.openrosa.web.receiving import MOST
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

XML = "text/xml; charset=utf-8"
SPOKEN = "1.0"
SOON = {429: "60", 503: "5", 423: "2"}
"""Status → seconds after which a program may come again."""
View = Callable[..., HttpResponseBase]


def openrosa(**methods: View) -> Callable[..., HttpResponseBase]:
    """One address of the standard, below `/openrosa/` (Digest) and below a key: a function for each method."""

    @public("a device's key or HTTP Digest is checked inside")
    @csrf_exempt
    @wraps(next(iter(methods.values())))
    def view(request: HttpRequest, key: str | None = None, **named: Any) -> HttpResponseBase:
        with override(_language(request)):
            try:
                handler = _handler(request, methods)
                _check_version(request)
                actor = _actor(request, key)
            except Problem as problem:
                return _headed(request, _refused(request, problem))
        with override(actor.language):
            try:
                return _headed(request, _unless_known(request, handler(request, actor, **named)))
            except Problem as problem:
                return _headed(request, _refused(request, problem))

    return view


def _unless_known(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Programs ask every hour whether anything changed: what they hold by its ETag costs them 304 and no bytes."""
    if request.method != "GET" or not isinstance(answer, HttpResponse) or answer.status_code != 200:
        return answer
    tag = quote_etag(sha256(answer.content).hexdigest()[:32])
    answer.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer


def document(body: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(body, status=status, content_type=XML)


def address(request: HttpRequest, path: str) -> str:
    """A whole address on the host that was asked, below the key or the folder it was asked in."""
    scheme = "https" if settings.SECURE or request.is_secure() else "http"
    match = request.resolver_match
    key = match.kwargs.get("key") if match else None
    base = f"/openrosa/key/{key}/" if key else "/openrosa/"
    return f"{scheme}://{request.get_host()}{base}{path}"


def _handler(request: HttpRequest, methods: dict[str, View]) -> View:
    method = request.method or ""
    found = methods.get(method) or (methods.get("GET") if method == "HEAD" else None)
    if found is None:
        raise Problem("method_not_allowed")
    return found


def _check_version(request: HttpRequest) -> None:
    """Whoever names a version means 1.0; programs that name none are served."""
    if request.headers.get("X-OpenRosa-Version", SPOKEN).strip() != SPOKEN:
        raise Problem(OTHER_VERSION)


def _actor(request: Any, key: str | None) -> Actor:
    """Raises `openrosa.bad_key`, SignIn, `too_many`: a phone has one bucket for all it asks."""
    asked = Asked(request.headers.get("Authorization", ""), request.method, request.get_full_path())
    actor = by_digest(asked, request.at) if key is None else by_key(key, request.at)
    if actor.device and not rates.PLAIN.take(actor.device, monotonic()):
        raise Problem("too_many")
    return actor


def _refused(request: Any, problem: Problem) -> HttpResponse:
    said = f"{title(problem)} {gettext(problem.meaning.next_step)}"
    answer = document(documents.response("error", said), problem.status)
    answer.headers["X-Problem"] = problem.code
    if problem.status in SOON:
        answer.headers["Retry-After"] = SOON[problem.status]
    if isinstance(problem, SignIn):
        answer.headers["WWW-Authenticate"] = challenge(problem, request.at)
    return answer


def _headed(request: Any, answer: HttpResponseBase) -> HttpResponseBase:
    """What every answer carries; without the version a program takes us for some other server."""
    answer.headers["X-OpenRosa-Version"] = SPOKEN
    answer.headers["X-OpenRosa-Accept-Content-Length"] = str(MOST)
    answer.headers["Date"] = http_date(request.at.timestamp())
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    answer.headers["Content-Language"] = get_language() or "zh-hans"
    return answer


def _language(request: HttpRequest) -> str:
    """For whoever is not known yet."""
    return get_language_from_request(request) or "zh-hans"

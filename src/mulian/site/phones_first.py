"""Phones' round trips pass by all that only pages need (requests, sessions, forms): half of their cost.

Everything else goes to Django as usual; a Problem looks the same either way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import HttpResponse
from django.utils import translation

from mulian.core.sync.views import MAX_BODY, Sent, exchange
from mulian.core.ui import problems
from mulian.kernel.problems import Problem

PATH = "/field/sync"
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
log = logging.getLogger(__name__)


def phones_first(django: Application) -> Application:
    """Wraps Django's application; the only request treated apart is the phones' own."""

    def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH or environ["REQUEST_METHOD"] != "POST":
            return django(environ, start_response)
        close_old_connections()
        try:
            body, headers = exchange(_sent(environ))
        except Problem as problem:
            return _refused(environ, start_response, problem)
        except Exception:
            log.exception("a phone's request failed")
            return _refused(environ, start_response, Problem("server_error"))
        start_response("200 OK", [("Content-Type", "application/json"), *headers.items()])
        return [body]

    return application


def _sent(environ: dict[str, Any]) -> Sent:
    if int(environ.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        raise Problem("too_large")
    body = environ["wsgi.input"].read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        raise Problem("too_large")
    return Sent(
        environ.get("HTTP_AUTHORIZATION", ""),
        environ.get("HTTP_CONTENT_ENCODING", ""),
        environ.get("HTTP_ACCEPT_ENCODING", ""),
        body,
    )


def _refused(environ: dict[str, Any], start_response: Start, problem: Problem) -> list[bytes]:
    with translation.override("zh-hans"):
        response: HttpResponse = problems.render(WSGIRequest(environ), problem)
    start_response(
        f"{response.status_code} {HTTPStatus(response.status_code).phrase}", list(response.items())
    )
    return [response.content]

"""Phones' round trips skip what only pages need (sessions, forms, languages by cookie): half of their cost.

Everything else goes to Django as usual; a Problem looks the same either way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import HttpResponse
from django.utils import translation

from mulian.core.sync import views as sync
from mulian.core.ui import problems
from mulian.kernel.problems import Problem

PATH = "/field/sync"
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
log = logging.getLogger(__name__)


def phones_first(django: Application) -> Application:
    """Wraps Django's application; the only address treated apart is the phones' own."""

    def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return django(environ, start_response)
        response = _answer(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]

    return application


def _answer(request: WSGIRequest) -> HttpResponse:
    close_old_connections()
    with translation.override("zh-hans"):
        try:
            return sync.sync(request)
        except Problem as problem:
            return problems.render(request, problem)
        except Exception:
            log.exception("a phone's request failed")
            return problems.render(request, Problem("server_error"))

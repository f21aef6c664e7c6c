"""Puts the actor on the request: from a staff session, or from a program's key."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mulian.core.access import actors, api_tokens
from mulian.kernel import clock


class ActorMiddleware:
    """Sets `request.actor` (None when nobody is signed in) and `request.at` (this request's moment)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        header = request.headers.get("Authorization", "")
        if header.startswith("Bearer "):
            request.actor = api_tokens.bearer(header, request.at)  # type: ignore[attr-defined]
            request._dont_enforce_csrf_checks = request.actor is not None  # type: ignore[attr-defined]
        elif request.user.is_authenticated:
            request.actor = actors.actor_of(request.user.pk, request.at)  # type: ignore[attr-defined]
        else:
            request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

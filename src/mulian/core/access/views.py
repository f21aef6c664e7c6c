"""Every view says who may open it; a test crawls all addresses and fails on one that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: str) -> Callable[[View], View]:
    """Only for actors some duty of whom includes the permission; which rows they reach, queries decide."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return _sign_in(request)
            scope.require_any(actor, permission)
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer

        guarded.mulian_permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def public(reason: str) -> Callable[[View], View]:
    """Open without a staff login; the reason says why that is right (or how the view checks itself)."""

    def mark(view: View) -> View:
        view.mulian_public = reason  # type: ignore[attr-defined]
        return view

    return mark


def _sign_in(request: HttpRequest) -> HttpResponse:
    wants_page = "text/html" in request.headers.get("Accept", "") and request.method == "GET"
    if wants_page and not getattr(request, "htmx", False):
        return redirect_to_login(request.get_full_path())
    raise Problem("login_needed")

"""Security headers of every answer (guarantee G27). A view that needs others sets them itself first.

Nothing is loaded from anywhere but this server, nothing inline runs. `blob:` is for sound and pictures made
in the page and for the map's worker; `data:` pictures are the QR codes of the second factor.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PAGE_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
PERMISSIONS = "microphone=(self), camera=(self), geolocation=(self)"
NOT_MODIFIED = 304
"""Its headers replace those of the page a browser holds: the policy for data would forbid that page its scripts."""
LEAN_PATHS = ("/field/sync",)
"""Answers to phones on metered networks carry only what a program needs (DESIGN §9)."""


class SecurityHeadersMiddleware:
    """Adds the headers that keep a page ours: CSP, COOP, no sniffing, no storing of personal pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(LEAN_PATHS):
            return _lean(response)
        _everywhere(response)
        if response.status_code == NOT_MODIFIED:
            pass
        elif _is_page(response):
            _page(response)
        else:
            response.headers.setdefault("Content-Security-Policy", DATA_POLICY)
        if _personal(request):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def _lean(response: HttpResponse) -> HttpResponse:
    """Without what only browsers and caches read; a POST is never cached."""
    for name in ("Content-Language", "Vary"):
        response.headers.pop(name, None)
    return response


def _is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def _everywhere(response: HttpResponse) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")


def _page(response: HttpResponse) -> None:
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    response.headers.setdefault("X-Frame-Options", "DENY")


def _personal(request: HttpRequest) -> bool:
    """Whether somebody is known, by session or key; never asks the database for the sake of a header."""
    if getattr(request, "actor", None) is not None:
        return True
    session = getattr(request, "session", None)
    return session is not None and session.accessed and bool(session.get("_auth_user_id"))

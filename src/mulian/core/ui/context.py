"""What every page needs around its content: navigation, languages, theme, who is signed in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mulian.core.ui.languages import CHOICES, current
from mulian.core.ui.navigation import Entry, entries

THEMES = ("auto", "light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context for `ui/base.html`; nothing is computed until the template asks."""
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "languages": CHOICES,
        "page_language": current(),
        "here": here(request),
        "theme": theme(request),
        "themes": THEMES,
        "me": getattr(request, "actor", None),
    }


def here(request: HttpRequest) -> str:
    """The address that shows this page again; for the answer to a form, the page the form stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return "/"
    return f"{before.path}?{before.query}" if before.query else before.path


def theme(request: HttpRequest) -> str:
    """The chosen theme, kept in a cookie so that the first paint is right."""
    picked = request.COOKIES.get("theme", "auto")
    return picked if picked in THEMES else "auto"


def _navigation(request: HttpRequest) -> list[Entry]:
    actor = getattr(request, "actor", None)
    return entries(actor, request.path) if actor is not None else []

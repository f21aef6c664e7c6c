"""The two switches every page has: language and theme. Both keep the page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mulian.core.access.actions import set_language
from mulian.core.access.views import public
from mulian.core.ui.context import THEMES
from mulian.core.ui.languages import CODES
from mulian.kernel import clock
from mulian.kernel.problems import Problem

YEAR_SECONDS = 365 * 86400


@public("Anyone may choose the language, also before signing in.")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Chooses the language of this browser and, when signed in, of the person's pages and messages."""
    code = request.POST.get("language", "")
    if code not in CODES:
        raise Problem("bad_request")
    actor = getattr(request, "actor", None)
    if actor is not None:
        set_language(person=actor.person, language=code, actor=actor, at=clock.now())
    response = HttpResponseRedirect(_back(request))
    _remember(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@public("Anyone may choose the theme, also before signing in.")
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Chooses light, dark or the system's wish for this browser."""
    picked = request.POST.get("theme", "")
    if picked not in THEMES:
        raise Problem("bad_request")
    response = HttpResponseRedirect(_back(request))
    _remember(response, "theme", picked)
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if safe else "/"


def _remember(response: HttpResponse, name: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=secure, httponly=True)

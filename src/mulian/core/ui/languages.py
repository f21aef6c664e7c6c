"""The three languages of the console. Django knows no Tibetan, so it is registered here.

Which one an answer has: the person's own when somebody is signed in, else the browser's cookie or wish.
Catalogues fall back bo → zh-hans (`LANGUAGE_CODE`), never to English.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.utils import translation


@dataclass(frozen=True)
class Language:
    """A language of the console: its code in settings, its tag in HTML, and its own name for itself."""

    code: str
    tag: str
    name: str
    short: str


CHOICES = (
    Language("bo", "bo", "བོད་ཡིག", "བོད"),
    Language("zh-hans", "zh-Hans", "中文", "中"),
    Language("en", "en", "English", "EN"),
)
LANGUAGES = [(language.code, language.name) for language in CHOICES]
CODES = frozenset(language.code for language in CHOICES)


def register_tibetan() -> None:
    """Tells Django that Tibetan exists; safe to call again."""
    LANG_INFO.setdefault("bo", {"bidi": False, "code": "bo", "name": "Tibetan", "name_local": "བོད་ཡིག"})


def current() -> Language:
    """The language of the page being made."""
    code = translation.get_language() or "zh-hans"
    return next((choice for choice in CHOICES if choice.code == code), CHOICES[1])


def chosen(request: HttpRequest) -> str:
    """The code of the language this request is answered in."""
    own = getattr(getattr(request, "actor", None), "language", None)
    return own if own in CODES else translation.get_language_from_request(request)


class LanguageMiddleware:
    """Activates the chosen language; stands after the middleware that sets `request.actor`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        translation.activate(chosen(request))
        request.LANGUAGE_CODE = translation.get_language() or "zh-hans"
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

"""Every answer of the gateway, also a refusal, in the format and language that were asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language_from_request, gettext, override
from django.views.decorators.csrf import csrf_exempt

from mulian.core.access.views import public
from mulian.core.ui.problems import title
from mulian.gateways.open311.domain.answering import MIME, Format, Listing, Single, asked_format, written
from mulian.gateways.open311.domain.asking import Given, one
from mulian.gateways.open311.domain.refusals import NO_FORMAT, NOT_A_FORM, Refused
from mulian.kernel.problems import Problem

LOCALES = {"bo": "bo", "zh": "zh-hans", "en": "en"}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")
Answer = Listing | Single | HttpResponseBase
View = Callable[..., Answer]


def georeport(reason: str, **methods: View) -> Callable[..., HttpResponseBase]:
    """One address of the standard: a function for each method. `reason` says why it is open without a login."""

    @public(reason)
    @csrf_exempt
    @wraps(next(iter(methods.values())))
    def view(request: HttpRequest, *args: Any, suffix: str = "", **kwargs: Any) -> HttpResponseBase:
        suffix, kwargs = _suffix(suffix, kwargs)
        format = asked_format(suffix, request.headers.get("Accept", ""))
        with override(language(request)):
            try:
                if format is None:
                    raise Problem(NO_FORMAT)
                handler = methods.get("GET" if request.method == "HEAD" else request.method or "")
                if handler is None:
                    raise Problem("method_not_allowed")
                answer = handler(request, *args, **kwargs)
            except Refused as refused:
                return refusal(refused.problems, format)
            except Problem as problem:
                return refusal((problem,), format)
        return answer if isinstance(answer, HttpResponseBase) else respond(answer, format or Format.JSON)

    return view


def _suffix(suffix: str, named: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The format may end the last part of an address; a service code has dots of its own."""
    if suffix or "name" not in named:
        return suffix.lstrip(".").lower(), named
    stem, _, last = named["name"].rpartition(".")
    if stem and last.lower() in (Format.XML, Format.JSON):
        return last.lower(), {**named, "name": stem}
    return "", named


def respond(answer: Listing | Single, format: Format, status: int = 200) -> HttpResponse:
    """Any page of any site may show the public list: it is the same for everybody."""
    response = HttpResponse(written(answer, format), content_type=MIME[format], status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def refusal(problems: tuple[Problem, ...], format: Format | None) -> HttpResponse:
    """The standard's list of {code, description}; the status of the first, our own code in X-Problem."""
    items = [{"code": each.status, "description": _sentence(each)} for each in problems]
    status = problems[0].status
    response = respond(Listing("errors", items), format or Format.JSON, status)
    response.headers["X-Problem"] = problems[0].code
    if status in (429, 503):
        response.headers["Retry-After"] = "60"
    return response


def _sentence(problem: Problem) -> str:
    return f"{title(problem)} {gettext(problem.meaning.next_step)}"


def language(request: HttpRequest) -> str:
    """`locale`, else what the asker's program accepts; Chinese where neither is one of ours."""
    wanted = request.GET.get("locale", "").lower().replace("_", "-").partition("-")[0]
    found = LOCALES.get(wanted) or get_language_from_request(request)
    return found if found in LOCALES.values() else "zh-hans"


def given(request: HttpRequest) -> Given:
    """Parameters of the address and of the form, all values of each. Raises Problems; XML is not read at all."""
    found: dict[str, list[str]] = dict(request.GET.lists())
    if request.method == "POST":
        if (request.content_type or "").lower() not in FORMS:
            raise Problem(NOT_A_FORM)
        try:
            found |= dict(request.POST.lists())
        except RequestDataTooBig as error:
            raise Problem("too_large") from error
        except SuspiciousOperation as error:
            raise Problem("bad_request") from error
    return {name: [str(value) for value in values] for name, values in found.items()}


def api_key(asked: Given) -> str:
    return one(asked, "api_key")

"""Shows a Problem to whoever asked: RFC 9457 JSON to programs and htmx, a page in their language to people.

The same look is given to everything else that fails: unknown addresses, refused forms, server faults.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render as render_template
from django.urls import reverse
from django.utils.translation import gettext

from mulian.kernel.problems import Problem, register

register("form_expired", 403, "This page was open too long.", "Load the page again and repeat the step.")

PROGRAM_PATHS = (
    "/api/",
    "/field/",
    "/files",
    "/open311/",
    "/sta/",
    "/cap/",
    "/openrosa/",
    "/metrics",
    "/healthz",
)
_CODE_OF_STATUS = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many",
    500: "server_error",
}


def render(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer to a problem, in the form and language of the asker."""
    if problem.code == "login_needed" and not for_program(request):
        return _to_login(request)
    response = _json(problem) if for_program(request) or _is_htmx(request) else _page(request, problem)
    response.headers["X-Problem"] = problem.code
    if problem.status == 503:
        response.headers.setdefault("Retry-After", "5")
    return response


def for_program(request: HttpRequest) -> bool:
    """Whether a program asks: by address, by a token, or by wanting JSON."""
    if request.path.startswith(PROGRAM_PATHS) and not request.path.rstrip("/").endswith("/field"):
        return True
    accepts = request.headers.get("Accept", "")
    return "json" in accepts and "text/html" not in accepts


def as_json(problem: Problem) -> dict[str, object]:
    """The members of RFC 9457 plus our stable code and the next step."""
    return {
        "type": f"urn:mulian:problem:{problem.code}",
        "title": title(problem),
        "status": problem.status,
        "code": problem.code,
        "next_step": gettext(problem.meaning.next_step),
    }


def title(problem: Problem) -> str:
    """What happened, in the reader's language."""
    words = gettext(problem.meaning.title)
    return words % problem.params if problem.params else words


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's page for a form without its token, as a Problem."""
    return render(request, Problem("form_expired"))


class ProblemMiddleware:
    """Turns problems, refusals and faults below it into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _is_bare(response) or (settings.DEBUG and response.status_code in (404, 500)):
            return response
        return render(request, Problem(_CODE_OF_STATUS[response.status_code]))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        problem = _problem_of(exception)
        return render(request, problem) if problem else None


def _problem_of(exception: Exception) -> Problem | None:
    match exception:
        case Problem():
            return exception
        case Http404():
            return Problem("not_found")
        case PermissionDenied():
            return Problem("forbidden")
        case RequestDataTooBig():
            return Problem("too_large")
        case (
            OverflowError() | DataError()
        ):  # what somebody typed is beyond all counting, or no column takes it
            return Problem("bad_request")
    return None


def _is_bare(response: HttpResponse) -> bool:
    """Whether this is Django's own plain refusal, not an answer a view made on purpose."""
    if response.status_code not in _CODE_OF_STATUS or response.headers.get("X-Problem") or response.streaming:
        return False
    return response.headers.get("Content-Type", "text/html").startswith("text/html")


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _json(problem: Problem) -> HttpResponse:
    return JsonResponse(
        as_json(problem),
        status=problem.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _page(request: HttpRequest, problem: Problem) -> HttpResponse:
    public = request.path.startswith("/public/")
    context = {
        "problem": problem,
        "problem_title": title(problem),
        "next_step": "" if public and problem.code == "not_found" else problem.meaning.next_step,
        "shell": "ui/public.html" if public else "ui/base.html",
        "public": public,
        "back": _left(request),
    }
    return render_template(request, "ui/problem.html", context, status=problem.status)


def _left(request: HttpRequest) -> str:
    """The page of ours whose form was refused: where what was typed still stands."""
    page = request.headers.get("Referer", "")
    ours = urlsplit(page).netloc == request.headers.get("Host")
    return page if ours and request.method == "POST" else ""


def _to_login(request: HttpRequest) -> HttpResponse:
    target = reverse(settings.LOGIN_URL)
    if _is_htmx(request):
        response = _json(Problem("login_needed"))
        response.headers["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(f"{target}?{urlencode({'next': request.get_full_path()})}")

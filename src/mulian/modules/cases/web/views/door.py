"""What every public page shares: it is open to all, keeps nothing in caches, and says refusals in a plain sentence.

Limits are counted here; what goes over one is held back for an officer (`actions.holding_back`), never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from mulian.core.access import visitors
from mulian.core.access.views import public
from mulian.core.access.visitors import Limit
from mulian.core.files.taking import take
from mulian.core.ui.problems import title
from mulian.kernel.actor import Actor
from mulian.kernel.bucket import Buckets
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import HeldReport
from mulian.modules.cases.queries.portal import portal
from mulian.modules.cases.web.forms.doors import SpokenForm, TrapForm
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.slip import Slip

LARGEST = 6 * 1024 * 1024
"""Bytes of one form: a voice of five minutes and room for its words."""
FASTEST = timedelta(seconds=3)
"""Nobody says what happened in less; a program does."""
MINUTE = 60.0
TOO_MANY, BUSY = 429, 503
HOUR = 60 * MINUTE
REPORTS = Limit(Buckets(20, 1 / MINUTE), Buckets(300, 60 / MINUTE))
WRONG_CODES = Limit(Buckets(10, 1 / MINUTE), Buckets(300, 60 / MINUTE))
QUESTIONS = Limit(Buckets(3, 1 / HOUR), Buckets(60, 60 / HOUR))
"""Who serves a family: few ask twice."""
LIMITS = (REPORTS, WRONG_CODES, QUESTIONS)

View = Callable[..., HttpResponseBase]


def door(reason: str) -> Callable[[View], View]:
    """A public page: nobody is asked who they are, and a refusal is a page of the portal with the hotline's number."""

    def mark(view: View) -> View:
        @public(reason)
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                response = view(request, *args, **kwargs)
            except Problem as problem:
                response = refused(request, problem)
            response.headers.setdefault("Cache-Control", "no-store, private")
            return response

        return opened

    return mark


def show(
    request: Any, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page of the portal."""
    return render(request, f"cases/doors/{template}", {"portal": portal(), **(context or {})}, status=status)


def refused(request: Any, problem: Problem) -> HttpResponse:
    """What was refused and what to do; the hotline stands above every page."""
    words = {"problem": problem, "problem_title": title(problem), "next_step": problem.meaning.next_step}
    response = show(request, "refused.html", words, status=problem.status)
    response.headers["X-Problem"] = problem.code
    if problem.status in (TOO_MANY, BUSY):
        response.headers["Retry-After"] = str(int(MINUTE))
    return response


def need_small(request: Any) -> None:
    """Asked before a byte of the body is read. Raises `too_large`."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        raise Problem("too_large")


def met_limit(request: Any, form: TrapForm, slip: Slip) -> str:
    """Why a report is held back; empty for nearly all."""
    if form.cleaned_data["website"]:
        return HeldReport.Because.TRAP
    if request.at - slip.at < FASTEST:
        return HeldReport.Because.HASTE
    return REPORTS.take(visitors.address(request), request.at)


def need_patience(request: Any, limit: Limit) -> None:
    """For what is not held back: raises `too_many` when a limit is met."""
    if limit.take(visitors.address(request), request.at):
        raise Problem("too_many")


def spoken(request: Any, form: SpokenForm, actor: Actor) -> Voice | None:
    """The voice of a form, kept and decoded like any other. Raises what `files.taking` raises."""
    sent = form.cleaned_data["voice"]
    if not sent:
        return None
    mime = sent.content_type or ""
    sha256 = take(sent=sent, mime=mime, actor=actor, at=request.at)
    return Voice(sha256=sha256, seconds=form.cleaned_data["voice_seconds"], mime=mime.partition(";")[0])


def spoken_in() -> str:
    """The language of the page somebody stands at."""
    return language()

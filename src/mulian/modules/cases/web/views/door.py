"""What every public page shares: it is open to all, keeps nothing in caches, and says refusals in a plain sentence.

Limits are counted here; what goes over one is held back for an officer (`actions.holding_back`), never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from mulian.core.access import visitors
from mulian.core.access.views import public
from mulian.core.access.visitors import Limit, limit
from mulian.core.files.taking import take
from mulian.core.ui.problems import title
from mulian.kernel.actor import Actor
from mulian.kernel.bucket import Buckets
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import HeldReport
from mulian.modules.cases.queries.portal import portal
from mulian.modules.cases.web.forms.doors import CodeForm, ShownForm, SpokenForm, TrapForm
from mulian.modules.cases.web.showing import slip as slips
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.slip import Slip

LARGEST = 20 * 1024 * 1024
"""Bytes of one form: a voice of five minutes, three photos as a phone takes them, and room for words."""
FASTEST = timedelta(seconds=3)
"""Nobody says what happened in less; a program does."""
MINUTE = 60.0
TOO_MANY, BUSY = 429, 503
HOUR = 60 * MINUTE
REPORTS = limit("reports", each=Buckets(20, 1 / MINUTE), all=Buckets(300, 60 / MINUTE))
WRONG_CODES = limit("codes", each=Buckets(10, 1 / MINUTE), all=Buckets(300, 60 / MINUTE))
QUESTIONS = limit("questions", each=Buckets(3, 1 / HOUR), all=Buckets(60, 60 / HOUR))
"""Who serves a family: few ask twice."""
MEGABYTE = 1024 * 1024
BYTES = limit(
    "bytes",
    each=Buckets(60 * MEGABYTE, 60 * MEGABYTE / HOUR),
    all=Buckets(1000 * MEGABYTE, 1000 * MEGABYTE / HOUR),
)
"""Sounds and pictures; words are small and always pass."""
LIMITS = (REPORTS, WRONG_CODES, QUESTIONS, BYTES)
NO_ROOM = register(
    "public.no_room",
    422,
    "Too many sounds and pictures came at once. They were not taken.",
    "Send it in words, or send them again in an hour.",
)

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


def refused(
    request: Any, problem: Problem, template: str = "refused.html", context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """What was refused and what to do; the hotline stands above every page."""
    words = {"problem": problem, "problem_title": title(problem), "next_step": problem.meaning.next_step}
    response = show(request, template, context or words, status=problem.status)
    response.headers["X-Problem"] = problem.code
    if problem.status in (TOO_MANY, BUSY):
        response.headers["Retry-After"] = str(int(MINUTE))
    return response


def refusal(request: Any, form: TrapForm | CodeForm, act: Callable[[], object]) -> Problem | None:
    """Why it was not done; the form says so itself and keeps what was typed, with a slip that is good again."""
    if not form.is_valid():
        return Problem("invalid")
    try:
        act()
    except Problem as problem:
        form.add_error(None, f"{title(problem)} {gettext(problem.meaning.next_step)}")
        typed = request.POST.copy()
        typed["slip"] = slips.fresh(request.at)
        form.data = typed
        return problem
    return None


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
    sha256 = _kept(request, sent, actor)
    mime = (sent.content_type or "").partition(";")[0]
    return Voice(sha256=sha256, seconds=form.cleaned_data["voice_seconds"], mime=mime)


def pictured(request: Any, form: ShownForm, actor: Actor) -> tuple[str, ...]:
    """The pictures of a form, each without its position once it was decoded. Raises what `files.taking` raises."""
    return tuple(_kept(request, sent, actor) for sent in form.cleaned_data["photos"])


def _kept(request: Any, sent: UploadedFile, actor: Actor) -> str:
    """Counted before it is read. Raises `public.no_room`."""
    if BYTES.take(visitors.address(request), request.at, cost=sent.size or 0):
        raise Problem(NO_ROOM)
    return take(sent=sent, mime=sent.content_type or "", actor=actor, at=request.at)


def spoken_in() -> str:
    """The language of the page somebody stands at."""
    return language()

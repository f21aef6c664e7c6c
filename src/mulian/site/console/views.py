"""Home, about, notices and settings: parse, ask, render."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access.permissions import Permission
from mulian.core.access.views import public, requires
from mulian.core.notify import actions as notify
from mulian.core.notify import queries as told
from mulian.core.notify.models import Notice
from mulian.core.packs import current
from mulian.core.ui import live as live_answer
from mulian.core.ui.navigation import counts, entries
from mulian.kernel.problems import Problem
from mulian.site.console import about as figures
from mulian.site.console.duties import duties
from mulian.site.console.notices import page

_OFFLINE_WORKER = Path(__file__).with_name("offline_worker.js")


def _actor(request: HttpRequest) -> Any:
    return getattr(request, "actor", None)


@public("Leads to the login or to the first page the person's duty opens.")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first navigation entry permitted: the inbox, for whoever has one."""
    actor = _actor(request)
    if actor is None:
        return HttpResponseRedirect(reverse("account_login"))
    links = entries(actor)
    return HttpResponseRedirect(links[0].href) if links else render(request, "console/no_duty.html")


@public("Says what this system is and refuses; holds nobody's data.")
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Mulian is, what it refuses, versions, and how far the Tibetan is reviewed."""
    context = {"tibetan": figures.tibetan(), "versions": figures.versions(), "pack": current().name}
    return render(request, "console/about.html", context)


@public("Shown when the server cannot be reached; holds nobody's data.")
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page a browser keeps for when there is no connection; it names nobody."""
    return render(request, "console/offline.html")


@public("A script without data.")
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps the page above; served from the root so that it may cover the console."""
    response = HttpResponse(_OFFLINE_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    return response


@requires(Permission.HOME)
@require_safe
def settings(request: Any) -> HttpResponse:
    """Language, theme, password, second factor, and the duties one holds."""
    return render(request, "console/settings.html", {"duties": duties(request.actor)})


@requires(Permission.HOME)
@require_safe
def notices(request: Any) -> HttpResponse:
    """What the person was told, newest first; `before` turns the page."""
    return render(
        request, "console/notices.html", {"told": page(request.actor, request.GET.get("before", ""))}
    )


@requires(Permission.HOME)
@require_POST
def read_notices(request: Any) -> HttpResponse:
    """Marks everything read."""
    notify.mark_read(actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("notices"))


@requires(Permission.HOME)
@require_safe
def open_notice(request: Any, notice: UUID) -> HttpResponse:
    """Marks one of the person's own notices read and goes where it points."""
    found = Notice.objects.filter(id=notice, person=request.actor.person).first()
    if found is None:
        raise Problem("not_found")
    notify.mark_read(actor=request.actor, ids=[notice], at=request.at)
    return HttpResponseRedirect(found.link or reverse("notices"))


@requires(Permission.HOME)
@require_safe
def live(request: Any) -> HttpResponse:
    """The numbers beside the navigation; unchanged costs a 304."""
    actor = request.actor
    unread = told.unread(actor)
    return live_answer.answer(request, unread, counts={"notices": unread, **counts(actor, request.at)})

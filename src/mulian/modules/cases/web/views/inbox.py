"""The inbox: what is due next, first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.ui import live
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import lists
from mulian.modules.cases.web.forms.inbox import InboxForm, default_whose
from mulian.modules.cases.web.showing.rows import rows

PER_PAGE = 40
NEW_SHOWN = 99
"""The line "n new" counts no further."""


@requires(Permission.VIEW)
@require_safe
def inbox(request: Any) -> HttpResponse:
    """Cases by what is due next, with filters in the address."""
    form = _form(request)
    wanted = form.filter(request.actor)
    found = lists.inbox(
        request.actor, request.at, wanted, limit=PER_PAGE, cursor=request.GET.get("cursor") or None
    )
    context = {
        "form": form,
        "rows": rows(found.items, request.actor, request.at),
        "more": _with(request.GET, cursor=found.next) if found.next else "",
        "fresh": _without(request.GET, "cursor"),
        "live": f"{reverse('cases_inbox_live')}{_with(request.GET, cursor='', since=request.at.isoformat())}",
        "filtered": any(value for key, value in request.GET.items() if key != "cursor"),
        "may_report": scope.permitted(request.actor, Permission.REPORT),
        "now": request.at,
    }
    return render(request, "cases/inbox.html", context)


@requires(Permission.VIEW)
@require_safe
def inbox_live(request: Any) -> HttpResponse:
    """How many cases of this list came in since the page was made."""
    since = _moment(request.GET.get("since", ""), request.at)
    found = lists.selected(request.actor, request.at, _form(request).filter(request.actor))
    return live.answer(request, len(found.filter(received_at__gt=since).values("id")[:NEW_SHOWN]))


def _form(request: Any) -> InboxForm:
    given = request.GET.copy()
    given.setdefault("whose", default_whose(request.actor))
    return InboxForm(given, actor=request.actor)


def _moment(text: str, fallback: datetime) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    return found if found is not None and found.tzinfo else fallback


def _with(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    for key, value in changes.items():
        changed[key] = value
    return f"?{changed.urlencode()}"


def _without(query: QueryDict, key: str) -> str:
    changed = query.copy()
    changed.pop(key, None)
    return f"?{changed.urlencode()}"

"""Which forms can be filled in about a family, a member, a camp or an institution, and what was answered so far."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.ui.pages import page
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.models import Submission
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published, submissions
from mulian.modules.forms.web import asking
from mulian.modules.forms.web.whom import Whom, called, found
from mulian.modules.households import public as households

PER_PAGE = 30


@requires(Permission.FILL)
@require_safe
def household(request: Any, id: UUID) -> HttpResponse:
    """The forms about a family."""
    return _page(request, found(About.HOUSEHOLD, id, request))


@requires(Permission.FILL)
@require_safe
def member(request: Any, id: UUID) -> HttpResponse:
    """The forms about one member of a family."""
    return _page(request, found(About.MEMBER, id, request))


@requires(Permission.FILL)
@require_safe
def camp(request: Any, id: UUID) -> HttpResponse:
    """The forms about a camp of a family."""
    return _page(request, found(About.CAMP, id, request))


@requires(Permission.FILL)
@require_safe
def institution(request: Any, id: UUID) -> HttpResponse:
    """The forms about an institution."""
    return _page(request, found(About.INSTITUTION, id, request))


def _page(request: Any, whom: Whom) -> HttpResponse:
    chosen = page(request, _given(whom, request), PER_PAGE)
    homes = households.brief([whom.household], request.actor, request.at) if whom.household else {}
    context = {
        "whom": whom,
        "household": homes.get(whom.household) if whom.household else None,
        "called": called(whom, request),
        "forms": [
            {"form": row, "title": asking.said(row.title)}
            for row in published.offered(request.actor).filter(about=whom.about)
        ],
        "page": chosen,
        "rows": [{"row": row, "title": asking.said(row.form.title)} for row in chosen.object_list],
    }
    return render(request, "forms/about.html", context)


def _given(whom: Whom, request: Any) -> QuerySet[Submission]:
    actor, at = request.actor, request.at
    if whom.about == About.HOUSEHOLD and whom.household:
        return submissions.of_household(whom.household, actor, at, about=About.HOUSEHOLD)
    return submissions.of_subject(whom.id or UUID(int=0), actor, at)

"""Which forms can be filled in about a family or one of its members, and what was answered so far."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.ui.pages import page
from mulian.kernel.problems import Problem
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published, submissions
from mulian.modules.forms.web import asking
from mulian.modules.households import public as households

PER_PAGE = 30


@requires(Permission.FILL)
@require_safe
def household(request: Any, id: UUID) -> HttpResponse:
    """The forms about a family."""
    return _page(request, id, About.HOUSEHOLD, f"household={id}")


@requires(Permission.FILL)
@require_safe
def member(request: Any, id: UUID) -> HttpResponse:
    """The forms about one member of a family."""
    home = households.holder(households.Of.MEMBER, id)
    if home is None:
        raise Problem("not_found")
    return _page(request, home, About.MEMBER, f"member={id}", member=id)


def _page(request: Any, home: UUID, about: About, query: str, member: UUID | None = None) -> HttpResponse:
    brief = households.brief([home], request.actor, request.at).get(home)
    if brief is None:
        raise Problem("not_found")
    people = households.members(home, request.actor, request.at)
    person = next((each for each in people if each.id == member), None)
    if member and person is None:
        raise Problem("not_found")
    language = asking.language()
    given = submissions.of_household(home, request.actor, request.at, about=about)
    chosen = page(request, given.filter(subject=member) if member else given, PER_PAGE)
    context = {
        "household": brief,
        "called": person.called(language) if person else brief.called(language),
        "person": person,
        "forms": [
            {"form": row, "title": asking.said(row.title)}
            for row in published.offered(request.actor).filter(about=about)
        ],
        "query": query,
        "page": chosen,
        "rows": [{"row": row, "title": asking.said(row.form.title)} for row in chosen.object_list],
    }
    return render(request, "forms/about.html", context)

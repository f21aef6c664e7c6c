"""The registers of what became of cases, and looking at an entry again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access.views import requires
from mulian.core.areas.queries import place_names
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import outcomes as acts
from mulian.modules.cases.domain.outcomes import REGISTERED
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import outcomes
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.queries.words import OUTCOMES, VERBS
from mulian.modules.cases.web.forms.outcomes import ReviewForm
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.views.submitting import submit


@requires(Permission.VIEW)
@require_safe
def register(request: Any) -> HttpResponse:
    """One register: what is due first. `kind` chooses it, `done` shows what is over."""
    actor, at = request.actor, request.at
    known = [each.value for each in REGISTERED]
    kind = request.GET.get("kind", "")
    kind = kind if kind in known else known[0]
    done = bool(request.GET.get("done"))
    entries = outcomes.register(actor, at, kind, language(), done=done)
    places = place_names([each.case.area_id for each in entries], language())
    numbers = outcomes.counts(actor, at)
    context = {
        "tabs": [(each, gettext(OUTCOMES[each]), numbers[each], each == kind) for each in known],
        "kind": kind,
        "done": done,
        "entries": [(each, places[each.case.area_id]) for each in entries],
    }
    return render(request, "cases/outcomes.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Any, id: UUID) -> HttpResponse:
    """Done, or to be looked at again on another day."""
    if visible_case(id, request.actor, request.at) is None:
        raise Problem("not_found")
    form = ReviewForm(request.POST if request.method == "POST" else None, auto_id="review_%s")
    return submit(
        request,
        id,
        form,
        lambda: acts.review(case=id, actor=request.actor, at=request.at, **form.cleaned_data),
        name="review",
        words=gettext(VERBS["review"]),
        help=gettext("Without a day the entry is done with; with one it is looked at again then."),
    )

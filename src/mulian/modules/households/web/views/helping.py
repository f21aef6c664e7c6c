"""The help plans of one's own families: who does what by when, what is late first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.core.ui.pages import page
from mulian.kernel.clock import CN
from mulian.modules.households.actions import note_reading
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.models import HelpPlan, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import helping
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.showing import words


@requires(Permission.CARE)
@require_safe
def plans(request: Any) -> HttpResponse:
    """One line a plan; `shown=late` leaves what is late. Whose plans were read is kept for the families."""
    today = request.at.astimezone(CN).date()
    rows = helping.plans(request.actor, request.at)
    waiting = helping.late(rows, today).count()
    shown = "late" if request.GET.get("shown") == "late" else "all"
    found = page(request, helping.late(rows, today) if shown == "late" else rows)
    held = list(found.object_list)
    families = {plan.need.household_id for plan in held}
    note_reading(households=families, way=Way.HELP, actor=request.actor, at=request.at)
    language = (get_language() or "").partition("-")[0]
    people = Member.unscoped.because("inside households in scope").in_bulk(
        [plan.need.member for plan in held if plan.need.member]
    )
    lines = [_line(plan, people.get(plan.need.member), language, today) for plan in held]
    context = {"page": found, "lines": lines, "shown": shown, "waiting": waiting}
    return render(request, "households/register/plans.html", context)


def _line(plan: HelpPlan, whose: Member | None, language: str, today: Any) -> dict[str, Any]:
    kind = catalogue().needs.get(plan.need.code)
    return {
        "plan": plan,
        "household": plan.need.household,
        "called": plan.need.household.called(language),
        "need": words(kind.name) if kind else plan.need.code,
        "whose": whose.called(language) if whose else "",
        "overdue": bool(plan.done_on is None and plan.due and plan.due < today),
        "review": plan.review_on <= today,
    }

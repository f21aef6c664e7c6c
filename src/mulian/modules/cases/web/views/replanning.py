"""The county's policy: what a change would do to the promises that run, and the decision to apply it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.modules.cases.actions import replanning
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.replanning import preview, standing
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.web.showing import policies


@requires(Permission.REPLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: Any) -> HttpResponse:
    """The preview; sent, it applies exactly the policy that was previewed."""
    if request.method == "POST":
        replanning.ask(version=request.POST.get("version", ""), actor=request.actor, at=request.at)
        return HttpResponseRedirect(reverse("cases_policy"))
    found = standing(request.actor)
    at_hand = rules()
    figures = preview(at_hand.policy, at_hand.topics, request.at)
    shown = figures if figures.promises or figures.added else None
    context = {"standing": found, "figures": shown, "changes": policies.lines(found.changes)}
    return render(request, "cases/policy.html", context)

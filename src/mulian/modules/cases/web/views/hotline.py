"""The hotline and the desk: somebody calls or stands there, and takes a number along.

A caller who is in the register is found by the purpose-bound search; what is open for the family is shown, so that a
second call goes to the case that is there. Shortcuts are in hotline.js.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import adding
from mulian.modules.cases.actions.writing_down import write_down as report
from mulian.modules.cases.domain.doors import FOR_SOMEBODY
from mulian.modules.cases.domain.following_code import shown
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.callers import open_of
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.queries.followed import code_for
from mulian.modules.cases.web.forms.report import ReportForm
from mulian.modules.cases.web.showing.rows import rows
from mulian.modules.cases.web.showing.slip import picture


def write_down(request: Any, form: ReportForm) -> None:
    """A new case, or more for the caller's open one."""
    given = form.cleaned_data
    if given["add_to"]:
        adding.add(
            case=given["add_to"], actor=request.actor, at=request.at, text=given["text"], voice=form.spoken,
            photos=given["photos"],
        )  # fmt: skip
        return
    report(
        id=given["id"],
        actor=request.actor,
        at=request.at,
        text=given["text"],
        voice=form.spoken,
        photos=given["photos"],
        area=given["area"] or None,
        household=given["household"],
        urgent=given["urgent"],
        hazard=given["hazard"],
        on_behalf_of=given["on_behalf_of"],
        about_unit=given["about_unit"] or None,
        door=given["door"],
    )


def after(form: ReportForm) -> str:
    """The case, or for whoever waits at the desk the slip with their number."""
    given = form.cleaned_data
    if given["add_to"]:
        return reverse("cases_case", args=[given["add_to"]])
    page = "cases_slip" if given["door"] in FOR_SOMEBODY else "cases_case"
    return reverse(page, args=[given["id"]])


@requires(Permission.REPORT)
@require_safe
def caller(request: Any) -> HttpResponse:
    """What is open for the chosen household, to add to instead of beginning anew."""
    try:
        household = UUID(request.GET.get("household", ""))
    except ValueError as error:
        raise Problem("not_found") from error
    found = rows(open_of(household, request.actor, request.at), request.actor, request.at)
    return render(request, "cases/parts/caller.html", {"rows": found})


@requires(Permission.REPORT)
@require_safe
def slip(request: Any, id: UUID) -> HttpResponse:
    """The number to read out or to print; only whoever wrote the report down sees it."""
    case = visible_case(id, request.actor, request.at)
    code = code_for(id) if case is not None and case.reporter_id == request.actor.person else None
    if case is None or code is None:
        raise Problem("not_found")
    return render(request, "cases/slip.html", {"case": case, "code": shown(code), "picture": picture(code)})

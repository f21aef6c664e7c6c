"""The steps of a case, one address each: the form alone on GET, the step on POST."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import handing, parts, steps, whistling
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.queries.words import VERBS
from mulian.modules.cases.web.forms.steps import form_of
from mulian.modules.cases.web.views.clocks import CLOCK_ACTS, Act
from mulian.modules.cases.web.views.submitting import submit


def _take(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return steps.take(case=case, actor=actor, at=at)


def _start(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return steps.start(case=case, actor=actor, at=at, text=form.cleaned_data["text"])


def _solve(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    given = form.cleaned_data
    return steps.solve(
        case=case,
        actor=actor,
        at=at,
        text=given["text"],
        voice=form.spoken,
        photos=given["photos"],
        reason=given.get("reason", ""),
        plan=getattr(form, "plan", steps.SIMPLY),
        place=form.spot,
    )


def _answer(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return steps.answer(case=case, actor=actor, at=at, text=form.cleaned_data["text"], voice=form.spoken)


def _return(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return handing.give_back(case=case, actor=actor, at=at, reason=form.cleaned_data["reason"])


def _pass_up(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return handing.pass_up(case=case, actor=actor, at=at, reason=form.cleaned_data["reason"])


def _transfer(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    given = form.cleaned_data
    return handing.transfer(case=case, to=given["to"], actor=actor, at=at, reason=given["reason"])


def _reopen(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return steps.reopen(case=case, actor=actor, at=at, reason=form.cleaned_data["reason"])


def _close(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return steps.close(case=case, actor=actor, at=at, text=form.cleaned_data["text"])


def _dispute(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return handing.dispute(case=case, actor=actor, at=at, reason=form.cleaned_data["reason"])


def _assign(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return handing.assign(
        case=case, units=form.chosen, actor=actor, at=at, reason=form.cleaned_data["reason"]
    )


def _whistle(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return whistling.whistle(case=case, actor=actor, at=at, **form.cleaned_data)


def _report_in(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return parts.report_in(case=case, actor=actor, at=at)


def _answer_part(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    given = form.cleaned_data
    return parts.answer_part(
        case=case, actor=actor, at=at, text=given["text"], voice=form.spoken, photos=given["photos"]
    )


ACTS: Mapping[str, Act] = {
    **CLOCK_ACTS,
    "take": _take,
    "start": _start,
    "solve": _solve,
    "answer": _answer,
    "return": _return,
    "pass-up": _pass_up,
    "transfer": _transfer,
    "reopen": _reopen,
    "close": _close,
    "settle": _solve,
    "dispute": _dispute,
    "assign": _assign,
    "whistle": _whistle,
    "report-in": _report_in,
    "answer-part": _answer_part,
}


@requires(Permission.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Any, id: UUID, verb: str) -> HttpResponse:
    """One step. GET gives its form for the quiet menu."""
    found = visible_case(id, request.actor, request.at)
    if verb not in ACTS or found is None:
        raise Problem("not_found")
    form = form_of(verb, request.POST if request.method == "POST" else None, found, request.at)
    return submit(
        request,
        id,
        form,
        lambda: ACTS[verb](id, form, request.actor, request.at),
        name=f"step-{verb}",
        words=gettext(VERBS[verb]),
    )

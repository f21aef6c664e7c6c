"""Filling a form in at the desk: what is asked changes with each answer, and everything is checked as on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.receiving import receive
from mulian.modules.forms.domain.answers import Filling, check
from mulian.modules.forms.domain.answers.checking import UNKNOWN
from mulian.modules.forms.domain.definition import About, Definition
from mulian.modules.forms.domain.passing import offering
from mulian.modules.forms.domain.submission import Submission
from mulian.modules.forms.models import Form
from mulian.modules.forms.models import Submission as Row
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published, submissions
from mulian.modules.forms.queries.occasions import declared
from mulian.modules.forms.queries.prefill import prefilled
from mulian.modules.forms.web import asking, reading
from mulian.modules.forms.web.whom import Whom, before, called, choices, whom

NOT_RIGHT = 422


@dataclass(frozen=True)
class Sheet:
    """What a page fills in: a version of a form, about somebody or something, in place of earlier answers."""

    form: Form
    whom: Whom
    old: Row | None = None


@requires(Permission.FILL)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: Any, code: str) -> HttpResponse:
    """One form: whom or what it is about is chosen first, then the questions."""
    row = published.offered(request.actor).filter(code=code).first()
    if row is None:
        raise Problem("not_found")
    return _answered(request, Sheet(row, _whom(request, About(row.about))))


@requires(Permission.FILL)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any, id: UUID) -> HttpResponse:
    """Answers again, under the version they were given to, what is wrong named; they take the earlier ones' place."""
    old = submissions.one(id, request.actor, request.at)
    if old is None:
        raise Problem("not_found")
    if old.state in submissions.DONE:
        raise Problem("forms.not_current")
    named = _whom(request, About(old.form.about))
    return _answered(request, Sheet(old.form, named if named.complete else before(old), old))


def _answered(request: Any, sheet: Sheet) -> HttpResponse:
    """Chosen, begun, asked on or saved. What is saved is kept even where it names nobody within reach (then it is
    held).
    """
    if request.method == "POST" and "save" in request.POST:
        return _save(request, sheet)
    if not sheet.whom.complete:
        return _choose(request, sheet)
    return _save(request, sheet) if request.method == "POST" else _begin(request, sheet)


def _whom(request: Any, about: About) -> Whom:
    """Out of reach nobody is there; but who saves what was typed while the duty changed loses nothing."""
    try:
        return whom(request, about)
    except Problem:
        if "save" not in request.POST:
            raise
        return Whom(about)


def _choose(request: Any, sheet: Sheet) -> HttpResponse:
    """By number or name, within one's own duty."""
    words = request.GET.get("words", "").strip()
    about = sheet.whom.about
    context = {
        "form": sheet.form,
        "title": asking.said(sheet.form.title),
        "words": words,
        "found": choices(about, words, request, sheet.whom.household),
        "about": about,
        "asked": bool(words) or about == About.INSTITUTION or sheet.whom.household is not None,
    }
    return render(request, "forms/choose.html", context)


def _begin(request: Any, sheet: Sheet) -> HttpResponse:
    form = _form(sheet)
    if sheet.old is not None:
        today, now = _local(sheet.old.written_at)
        known = sheet.old.answers
        refused = dict(check(form, known, today=today, now=now, language=asking.language()).refused)
        return _page(request, sheet, known, refused, uuid7(request.at))
    known = prefilled(form, sheet.whom.household, sheet.whom.id, request.actor, request.at)
    return _page(request, sheet, known, {}, uuid7(request.at))


def _save(request: Any, sheet: Sheet) -> HttpResponse:
    """Corrected answers hold as of the day the first ones were written."""
    form, old = _form(sheet), sheet.old
    answers, id = reading.answers(form, request.POST, files=old.expected if old else ()), _id(request)
    written = old.written_at if old else request.at
    today, now = _local(written)
    refused = dict(check(form, answers, today=today, now=now, language=asking.language()).refused)
    if "save" not in request.POST:
        return _page(request, sheet, answers, asking.only_answered(refused), id)
    if refused:
        return _page(request, sheet, answers, refused, id, status=NOT_RIGHT)
    said = Submission(
        id=id, form=sheet.form.code, version=sheet.form.version, answers=answers, subject=sheet.whom.subject,
        deprecated=old.instance if old else "",
    )  # fmt: skip
    receipt = receive(submission=said, actor=request.actor, at=request.at, written=written, via="console")
    return redirect("forms_answer", id=receipt.id)


def _form(sheet: Sheet) -> Definition:
    """Without what may be asked only while the county has declared it."""
    return offering(published.definition(sheet.form.id), declared(sheet.form.code))


def _id(request: Any) -> UUID:
    """Made when the page was opened: sent twice, it is one."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise Problem("bad_request") from None


def _local(moment: datetime) -> tuple[str, str]:
    at = moment.astimezone(CN)
    return at.date().isoformat(), at.strftime("%Y-%m-%dT%H:%M:%S")


def _page(
    request: Any, sheet: Sheet, answers: dict[str, Any], refused: dict[str, str], id: UUID, status: int = 200
) -> HttpResponse:
    today, now = _local(sheet.old.written_at if sheet.old else request.at)
    filling = Filling(_form(sheet), answers, today, now, asking.language())
    context = {
        "form": sheet.form,
        "title": asking.said(sheet.form.title),
        "about": sheet.whom.about,
        "subject": sheet.whom.id,
        "called": called(sheet.whom, request),
        "items": asking.asked(filling, refused),
        "wrong": bool(refused)
        and (status == NOT_RIGHT or (sheet.old is not None and request.method != "POST")),
        "strangers": [name for name, why in refused.items() if why == UNKNOWN],
        "old": sheet.old,
        "id": id,
    }
    return render(request, "forms/fill.html", context, status=status)

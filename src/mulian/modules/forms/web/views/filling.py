"""Filling a form in at the desk: what is asked changes with each answer, and everything is checked as on the phone."""

from __future__ import annotations

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
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.domain.submission import Subject, Submission
from mulian.modules.forms.models import Form
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published
from mulian.modules.forms.queries.prefill import prefilled
from mulian.modules.forms.web import asking, reading
from mulian.modules.households import public as households

NOT_RIGHT = 422


@requires(Permission.FILL)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: Any, code: str) -> HttpResponse:
    """One form: the family is chosen first, then the questions."""
    row = published.offered(request.actor).filter(code=code).first()
    if row is None:
        raise Problem("not_found")
    household = _household(request)
    if row.about == About.HOUSEHOLD and household is None:
        return _choose(request, row)
    return _save(request, row, household) if request.method == "POST" else _begin(request, row, household)


def _household(request: Any) -> UUID | None:
    """The family the form is about; one out of reach does not exist."""
    given = request.POST.get("household") or request.GET.get("household") or ""
    try:
        id = UUID(given) if given else None
    except ValueError:
        raise Problem("not_found") from None
    if id is not None and not households.may_see(id, request.actor, request.at):
        raise Problem("not_found")
    return id


def _choose(request: Any, row: Form) -> HttpResponse:
    words = request.GET.get("words", "").strip()
    found = households.find(words, request.actor, request.at)
    context = {"form": row, "title": asking.said(row.title), "words": words, "found": found}
    return render(request, "forms/choose.html", context)


def _begin(request: Any, row: Form, household: UUID | None) -> HttpResponse:
    form = published.definition(row.id)
    known = prefilled(form, household, request.actor, request.at) if household else {}
    return _page(request, row, household, known, {}, uuid7(request.at))


def _save(request: Any, row: Form, household: UUID | None) -> HttpResponse:
    form = published.definition(row.id)
    answers, id = reading.answers(form, request.POST), _id(request)
    today, now = _local(request)
    refused = dict(check(form, answers, today=today, now=now, language=asking.language()).refused)
    if "save" not in request.POST:
        return _page(request, row, household, answers, asking.only_answered(refused), id)
    if refused:
        return _page(request, row, household, answers, refused, id, status=NOT_RIGHT)
    subject = Subject(kind=About.HOUSEHOLD, id=household) if household else None
    said = Submission(id=id, form=row.code, version=row.version, answers=answers, subject=subject)
    receipt = receive(submission=said, actor=request.actor, at=request.at, via="console")
    return redirect("forms_answer", id=receipt.id)


def _id(request: Any) -> UUID:
    """Made when the page was opened: sent twice, it is one."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise Problem("bad_request") from None


def _local(request: Any) -> tuple[str, str]:
    at = request.at.astimezone(CN)
    return at.date().isoformat(), at.strftime("%Y-%m-%dT%H:%M:%S")


def _page(
    request: Any,
    row: Form,
    household: UUID | None,
    answers: dict[str, Any],
    refused: dict[str, str],
    id: UUID,
    status: int = 200,
) -> HttpResponse:
    today, now = _local(request)
    filling = Filling(published.definition(row.id), answers, today, now, asking.language())
    home = households.brief([household], request.actor, request.at).get(household) if household else None
    context = {
        "form": row,
        "title": asking.said(row.title),
        "household": home,
        "called": home.called(request.actor.language) if home else "",
        "items": asking.asked(filling, refused),
        "wrong": bool(refused) and status == NOT_RIGHT,
        "id": id,
    }
    return render(request, "forms/fill.html", context, status=status)

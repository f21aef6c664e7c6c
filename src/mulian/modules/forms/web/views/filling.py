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
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.domain.submission import Subject, Submission
from mulian.modules.forms.models import Form
from mulian.modules.forms.models import Submission as Row
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published, submissions
from mulian.modules.forms.queries.prefill import prefilled
from mulian.modules.forms.web import asking, reading
from mulian.modules.households import public as households

NOT_RIGHT = 422


@dataclass(frozen=True)
class Sheet:
    """What a page fills in: a version of a form, about a family or one of its members, in place of earlier answers."""

    form: Form
    household: UUID | None
    member: UUID | None = None
    old: Row | None = None

    @property
    def subject(self) -> Subject | None:
        if self.form.about == About.MEMBER and self.member:
            return Subject(kind=About.MEMBER, id=self.member)
        if self.form.about == About.HOUSEHOLD and self.household:
            return Subject(kind=About.HOUSEHOLD, id=self.household)
        return None

    @property
    def complete(self) -> bool:
        """Whether it is said whom it is about, where the form is about somebody."""
        return self.form.about not in (About.HOUSEHOLD, About.MEMBER) or self.subject is not None


@requires(Permission.FILL)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: Any, code: str) -> HttpResponse:
    """One form: the family is chosen first (and who of it), then the questions."""
    row = published.offered(request.actor).filter(code=code).first()
    if row is None:
        raise Problem("not_found")
    sheet = Sheet(row, *_whom(request))
    if not sheet.complete:
        return _choose(request, sheet)
    return _save(request, sheet) if request.method == "POST" else _begin(request, sheet)


@requires(Permission.FILL)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any, id: UUID) -> HttpResponse:
    """Answers again, under the version they were given to, what is wrong named; they take the earlier ones' place."""
    old = submissions.one(id, request.actor, request.at)
    if old is None:
        raise Problem("not_found")
    if old.state == Row.State.REPLACED:
        raise Problem("forms.not_current")
    household, member = _whom(request)
    member = member or (old.subject if old.subject_kind == About.MEMBER else None)
    sheet = Sheet(old.form, household or old.household, member, old)
    if not sheet.complete:
        return _choose(request, sheet)
    return _save(request, sheet) if request.method == "POST" else _begin(request, sheet)


def _whom(request: Any) -> tuple[UUID | None, UUID | None]:
    """The family and the member a form is about, as the page says; out of reach they do not exist."""
    member = _uuid(request, "member")
    household = households.holder(households.Of.MEMBER, member) if member else _uuid(request, "household")
    if household is not None and not households.may_see(household, request.actor, request.at):
        raise Problem("not_found")
    if member is not None and household is None:
        raise Problem("not_found")
    return household, member


def _uuid(request: Any, name: str) -> UUID | None:
    given = request.POST.get(name) or request.GET.get(name) or ""
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Problem("not_found") from None


def _choose(request: Any, sheet: Sheet) -> HttpResponse:
    """The family by its number or a name, and of a form about members who of it."""
    words = request.GET.get("words", "").strip()
    people = households.members(sheet.household, request.actor, request.at) if sheet.household else []
    context = {
        "form": sheet.form,
        "title": asking.said(sheet.form.title),
        "words": words,
        "found": households.find(words, request.actor, request.at),
        "people": people,
        "who": sheet.form.about == About.MEMBER and sheet.household is not None,
    }
    return render(request, "forms/choose.html", context)


def _begin(request: Any, sheet: Sheet) -> HttpResponse:
    form = published.definition(sheet.form.id)
    if sheet.old is not None:
        today, now = _local(sheet.old.written_at)
        known = sheet.old.answers
        refused = dict(check(form, known, today=today, now=now, language=asking.language()).refused)
        return _page(request, sheet, known, refused, uuid7(request.at))
    known = (
        prefilled(form, sheet.household, request.actor, request.at, member=sheet.member)
        if sheet.household
        else {}
    )
    return _page(request, sheet, known, {}, uuid7(request.at))


def _save(request: Any, sheet: Sheet) -> HttpResponse:
    """Corrected answers hold as of the day the first ones were written."""
    form, old = published.definition(sheet.form.id), sheet.old
    answers, id = reading.answers(form, request.POST, files=old.expected if old else ()), _id(request)
    written = old.written_at if old else request.at
    today, now = _local(written)
    refused = dict(check(form, answers, today=today, now=now, language=asking.language()).refused)
    if "save" not in request.POST:
        return _page(request, sheet, answers, asking.only_answered(refused), id)
    if refused:
        return _page(request, sheet, answers, refused, id, status=NOT_RIGHT)
    said = Submission(
        id=id, form=sheet.form.code, version=sheet.form.version, answers=answers, subject=sheet.subject,
        deprecated=old.instance if old else "",
    )  # fmt: skip
    receipt = receive(submission=said, actor=request.actor, at=request.at, written=written, via="console")
    return redirect("forms_answer", id=receipt.id)


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
    filling = Filling(published.definition(sheet.form.id), answers, today, now, asking.language())
    home = _home(request, sheet.household)
    context = {
        "form": sheet.form,
        "title": asking.said(sheet.form.title),
        "household": home,
        "member": sheet.member,
        "called": home.called(request.actor.language) if home else "",
        "items": asking.asked(filling, refused),
        "wrong": bool(refused)
        and (status == NOT_RIGHT or (sheet.old is not None and request.method != "POST")),
        "strangers": [name for name, why in refused.items() if why == UNKNOWN],
        "old": sheet.old,
        "id": id,
    }
    return render(request, "forms/fill.html", context, status=status)


def _home(request: Any, household: UUID | None) -> households.Brief | None:
    found = households.brief([household], request.actor, request.at) if household else {}
    return next(iter(found.values()), None)

"""What was answered, within one's scope; a photo or sound that was announced is added here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.core.files.queries import attached
from mulian.core.files.taking import take
from mulian.core.ui.pages import page
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.media import add_media
from mulian.modules.forms.domain.answers import Filling
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.models import Submission
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published, submissions
from mulian.modules.forms.web import asking
from mulian.modules.forms.web.whom import before, called
from mulian.modules.households import public as households

PER_PAGE = 30


@requires(Permission.READ)
@require_safe
def answers(request: Any, code: str) -> HttpResponse:
    """The answers to one form, the newest first."""
    versions = published.versions(code)
    current = versions.filter(offered=True).first() or versions.first()
    if current is None:
        raise Problem("not_found")
    state = request.GET.get("state", "")
    shown = state if state in Submission.State.values else ""
    chosen = page(request, submissions.answered(code, request.actor, request.at, state=shown), PER_PAGE)
    context = {"form": current, "title": asking.said(current.title), "state": shown, "page": chosen}
    context["passing"] = published.definition(current.id).passing is not None
    return render(request, "forms/answers.html", context | {"rows": _rows(list(chosen.object_list), request)})


@requires(Permission.READ)
@require_safe
def answer(request: Any, id: UUID) -> HttpResponse:
    """One filled form, question by question."""
    row = submissions.one(id, request.actor, request.at)
    if row is None:
        raise Problem("not_found")
    local = row.written_at.astimezone(CN)
    filling = Filling(
        published.definition(row.form_id), row.answers, local.date().isoformat(),
        local.strftime("%Y-%m-%dT%H:%M:%S"), asking.language(),
    )  # fmt: skip
    held = {each.sent: each for each in attached(subject_kind="submission", subject_id=id)}
    given = asking.given(filling)
    for item in given:
        item["media"] = held.get(row.files.get(item["file"], "")) if item["file"] else None
    context = {
        **_rows([row], request)[0],
        "title": asking.said(row.form.title),
        "given": given,
        "why": [{"where": name, "why": asking.WHY.get(code, code)} for name, code in row.refused.items()],
        "about": called(before(row), request) if row.subject_kind not in ("", About.HOUSEHOLD) else "",
        "institution": row.subject if row.subject_kind == About.INSTITUTION else None,
        "own": row.person_id == request.actor.person,
        "corrected": getattr(row, "replaced_by", None),
        "may_correct": row.state not in submissions.DONE and scope.permitted(request.actor, Permission.FILL),
        "may_end": scope.permitted(request.actor, Permission.FILL),
    }
    return render(request, "forms/answer.html", context)


@requires(Permission.FILL)
@require_POST
def add_file(request: Any, id: UUID) -> HttpResponse:
    """A photo or sound that the answers name; only its own writer adds it."""
    if submissions.one(id, request.actor, request.at) is None:
        raise Problem("not_found")
    file, name = request.FILES.get("file"), request.POST.get("name", "")
    if file is None:
        raise Problem("invalid")
    sha256 = take(sent=file, mime=file.content_type or "", actor=request.actor, at=request.at)
    add_media(submission=id, files={name: sha256}, actor=request.actor, at=request.at)
    return redirect("forms_answer", id=id)


def _rows(rows: list[Submission], request: Any) -> list[dict[str, Any]]:
    homes = households.brief([row.household for row in rows if row.household], request.actor, request.at)
    places = _places(rows, request)
    return [
        {"row": row, "household": homes.get(row.household) if row.household else None,
         "place": places.get(row.subject) if row.subject else None}
        for row in rows
    ]  # fmt: skip


def _places(rows: list[Submission], request: Any) -> dict[UUID, str]:
    """The institutions among what was asked about, by name."""
    if not any(row.subject_kind == About.INSTITUTION for row in rows):
        return {}
    found = households.premises_of(request.actor, request.at)
    return {each.id: each.called(asking.language()) for each in found}

"""The interpreters' queue: one text after the other, written once, kept beside the original."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access.views import requires
from mulian.core.ui import live
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import asking_translation, correcting, translating
from mulian.modules.cases.models import ListeningItem
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import translations
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.web.forms.translating import CorrectionForm, TranslationForm
from mulian.modules.cases.web.showing.interpreting import lacking, text_page
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, PASSED_ON, accepted, go


@requires(Permission.TRANSLATE)
@require_safe
def queue(request: Any) -> HttpResponse:
    """What waits, the text I hold, what was written last."""
    return _desk(request)


@requires(Permission.TRANSLATE)
@require_safe
def queue_live(request: Any) -> HttpResponse:
    """How many texts wait."""
    return live.answer(request, translations.number(request.actor, request.at))


@requires(Permission.TRANSLATE)
@require_POST
def next_text(request: Any) -> HttpResponse:
    """Claims the next text of the queue."""
    translating.next_text(actor=request.actor, at=request.at)
    return go(request, reverse("cases_translations"))


@requires(Permission.TRANSLATE)
@require_POST
def claim(request: Any, id: UUID) -> HttpResponse:
    """Claims this one."""
    translating.claim(translation=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_translations"))


@requires(Permission.TRANSLATE)
@require_POST
def release(request: Any, id: UUID) -> HttpResponse:
    """Puts it back into the queue."""
    translating.release(translation=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_translations"))


@requires(Permission.TRANSLATE)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: Any, id: UUID) -> HttpResponse:
    """One text with its wordings; sent, its translation is kept (or put right)."""
    asked = translations.one(id, request.actor, request.at)
    if asked is None:
        raise Problem("not_found")
    form = TranslationForm(request.POST or None)
    if not form.is_bound:
        return render(request, "cases/translation.html", text_page(asked, request.actor))
    if not accepted(form, lambda: _write(request, id, form), also=PASSED_ON):
        asked = translations.one(id, request.actor, request.at) or asked
        page = text_page(asked, request.actor, form)
        return render(
            request, "cases/translation.html", page, status=PASSED_ON if page["gone"] else NOT_RIGHT
        )
    if request.POST.get("then") == "next":
        translating.next_text(actor=request.actor, at=request.at)
    return go(request, f"{reverse('cases_translations')}?written={id}")


@requires(Permission.WORK)
@require_POST
def ask(request: Any, id: UUID) -> HttpResponse:
    """Asks interpreters for a text of a case."""
    asking_translation.ask_for(
        case=id, piece=request.POST.get("piece", ""), actor=request.actor, at=request.at
    )
    return go(request, reverse("cases_case", args=[id]))


@requires(Permission.LISTEN)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any, id: UUID) -> HttpResponse:
    """Puts right what was written down of a voice."""
    item = ListeningItem.objects.filter(id=id, state=ListeningItem.State.DONE).first()
    case = visible_case(item.case_id, request.actor, request.at) if item else None
    if item is None or case is None:
        raise Problem("not_found")
    form = CorrectionForm(request.POST or None, initial={"transcript": item.transcript})
    if accepted(form, lambda: _correct(request, id, form)):
        return go(request, reverse("cases_case", args=[case.id]))
    status = NOT_RIGHT if form.is_bound else 200
    return render(request, "cases/correct.html", {"form": form, "item": item, "case": case}, status=status)


def _write(request: Any, id: UUID, form: TranslationForm) -> None:
    given = form.cleaned_data
    translating.write(
        translation=id, text=given["text"], seen=given["seen"] or None, wording=given["wording"],
        remember=given["remember"], actor=request.actor, at=request.at,
    )  # fmt: skip


def _correct(request: Any, id: UUID, form: CorrectionForm) -> None:
    correcting.correct(
        item=id, transcript=form.cleaned_data["transcript"], actor=request.actor, at=request.at
    )


def _desk(request: Any) -> HttpResponse:
    actor, at = request.actor, request.at
    held = translations.mine(actor, at)
    waiting = [each for each in translations.queue(actor, at) if held is None or each.row.id != held.row.id]
    context = {
        "queue": waiting,
        "recent": translations.recent(actor, at),
        "lacking": lacking(request.GET.get("written", ""), actor, at),
        "now": at,
        **(text_page(held, actor) if held else {}),
        "held": held,
    }
    return render(request, "cases/translations.html", context)

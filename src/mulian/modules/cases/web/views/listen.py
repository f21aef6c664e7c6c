"""The listening desk: one voice after the other, typed once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access.views import requires
from mulian.core.areas.queries import place_names
from mulian.core.ui import live
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import feedback, listening, sorting
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import desk
from mulian.modules.cases.queries.desk import Waiting
from mulian.modules.cases.queries.heard import claims, load
from mulian.modules.cases.queries.rota import coming_gaps
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.topics import usable
from mulian.modules.cases.web.forms.listening import FamilyWordForm, TranscriptForm
from mulian.modules.cases.web.showing.about import about
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.shifts import my_shift
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, PASSED_ON, accepted, go

Written = TranscriptForm | FamilyWordForm


@requires(Permission.LISTEN)
@require_safe
def listen(request: Any) -> HttpResponse:
    """The queue, my shift, and the voice I hold."""
    return _desk(request)


@requires(Permission.LISTEN)
@require_safe
def listen_live(request: Any) -> HttpResponse:
    """How many voices wait."""
    return live.answer(request, desk.number(request.actor, request.at))


@requires(Permission.LISTEN)
@require_POST
def next_voice(request: Any) -> HttpResponse:
    """Claims the next voice of the queue."""
    listening.next_item(actor=request.actor, at=request.at)
    return go(request, reverse("cases_listen"))


@requires(Permission.LISTEN)
@require_POST
def claim(request: Any, id: UUID) -> HttpResponse:
    """Claims this one."""
    listening.claim(item=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_listen"))


@requires(Permission.LISTEN)
@require_POST
def release(request: Any, id: UUID) -> HttpResponse:
    """Gives it to the next listener."""
    listening.release(item=id, actor=request.actor, at=request.at)
    return go(request, reverse("cases_listen"))


@requires(Permission.LISTEN)
@require_http_methods(["POST"])
def transcribe(request: Any, id: UUID) -> HttpResponse:
    """Keeps the words; on request the next voice is claimed at once."""
    form = TranscriptForm(request.POST)
    written: list[Case] = []
    if not accepted(form, lambda: written.append(_transcribe(request, id, form)), also=PASSED_ON):
        return _again(request, id, form)
    if request.POST.get("then") == "next":
        listening.next_item(actor=request.actor, at=request.at)
    unsure = written and not usable(written[0].topic_by, written[0].topic_confidence)
    return go(request, reverse("cases_listen") + (f"?about={written[0].id}" if unsure else ""))


@requires(Permission.LISTEN)
@require_POST
def family_word(request: Any, id: UUID) -> HttpResponse:
    """Keeps the family's voice on an answer in words, with what it says."""
    form = FamilyWordForm(request.POST)
    if not accepted(form, lambda: _word(request, id, form), also=PASSED_ON):
        return _again(request, id, form)
    if request.POST.get("then") == "next":
        listening.next_item(actor=request.actor, at=request.at)
    return go(request, reverse("cases_listen"))


@requires(Permission.LISTEN)
@require_POST
def topic(request: Any, id: UUID) -> HttpResponse:
    """What the voice just written down is about: one of two buttons, and on with the queue."""
    sorting.correct_topic(case=id, topic=request.POST.get("topic", ""), actor=request.actor, at=request.at)
    return go(request, reverse("cases_listen"))


def _transcribe(request: Any, id: UUID, form: TranscriptForm) -> Case:
    given = form.cleaned_data
    return listening.transcribe(
        item=id,
        transcript=given["transcript"],
        translation=given["translation"],
        topic=given["topic"],
        area=given["area"],
        urgent=form.urgency,
        actor=request.actor,
        at=request.at,
    )


def _word(request: Any, id: UUID, form: FamilyWordForm) -> Case:
    return feedback.heard(item=id, **form.cleaned_data, actor=request.actor, at=request.at)


def _again(request: Any, id: UUID, form: Written) -> HttpResponse:
    """The very voice the words were typed for, with every word of them, and who has it where that is somebody else.

    The same words sent twice were kept the first time.
    """
    asked = desk.one(id, request.actor, request.at)
    if asked is None:
        raise Problem("not_found")
    if asked.item.listener_id == request.actor.person and asked.item.transcript == form["transcript"].value():
        return go(request, reverse("cases_listen"))
    status = NOT_RIGHT if asked.free(request.actor.person) else PASSED_ON
    return _desk(request, asked, form, status=status)


def _desk(
    request: Any, asked: Waiting | None = None, form: Written | None = None, *, status: int = 200
) -> HttpResponse:
    actor, at = request.actor, request.at
    held = asked or desk.mine(actor, at)
    queue = [each for each in desk.queue(actor, at) if not _same(each, held)]
    codes = {each.case.area_id for each in [*queue, *([held] if held else [])]}
    places = place_names(codes, language())
    shown = form or (FamilyWordForm() if _is_word(held) else TranscriptForm())
    context = {
        "held": held,
        "queue": [(each, places[each.case.area_id]) for each in queue],
        "held_place": places[held.case.area_id] if held else "",
        "form": shown,
        "family_word": isinstance(shown, FamilyWordForm),
        "gone": held is not None and not held.free(actor.person),
        "back_at": held.item.due_at if held and held.item.claimed_by_id else None,
        "shift": my_shift(actor, at),
        "about": about(request.GET.get("about", ""), actor, at),
        "now": at,
        "load": load(actor, at),
        "claims": claims(actor, at),
        "gaps": coming_gaps(at, at + rules().desk.warned),
    }
    return render(request, "cases/listen.html", context, status=status)


def _same(one: Waiting, other: Waiting | None) -> bool:
    return other is not None and one.item.id == other.item.id


def _is_word(held: Waiting | None) -> bool:
    """Whether the voice in hand is a family's word on an answer."""
    return held is not None and held.item.about == ListeningItem.About.FEEDBACK

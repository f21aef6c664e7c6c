"""Following one's own report by its code: where it stands, the answer, whether it is solved, and more to say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access import visitors
from mulian.core.files.web.reading import send
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.actions.adding import add as add_more
from mulian.modules.cases.actions.feedback import feedback
from mulian.modules.cases.actions.knocking import holder
from mulian.modules.cases.queries.followed import Followed, answer_voice, followed, report_of
from mulian.modules.cases.web.forms.doors import CodeForm, RatingForm, SpokenForm
from mulian.modules.cases.web.showing import looks
from mulian.modules.cases.web.showing import slip as slips
from mulian.modules.cases.web.views.door import (
    REPORTS,
    WRONG_CODES,
    door,
    need_patience,
    need_small,
    refusal,
    refused,
    show,
    spoken,
    spoken_in,
)

HELD = "Only what the code in hand opens; tries are counted."
UNKNOWN_CODE = register(
    "public.unknown_code",
    422,
    "No report has this number.",
    "Look at your slip again, digit by digit.",
)


@door(HELD)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Any) -> HttpResponse:
    """The report whose code was shown, else the question for a code."""
    if request.method == "POST":
        return _try(request)
    report = slips.opened(request, request.at)
    found = followed(holder(report, spoken_in()), request.at, spoken_in()) if report else None
    if found is None:
        return show(request, "code.html", {"form": CodeForm()})
    return show(request, "follow.html", _page(request, found))


def _try(request: Any) -> HttpResponse:
    """Wrong codes empty a bucket, right ones do not: a family may look as often as it likes."""
    if not WRONG_CODES.room(visitors.address(request), request.at):
        raise Problem("too_many")
    form = CodeForm(request.POST)
    found: list[UUID] = []
    if why := refusal(request, form, lambda: found.append(_named(request, form.cleaned_data["code"]))):
        return refused(request, why, "code.html", {"form": form})
    return slips.open_for(HttpResponseRedirect(reverse("public_follow")), found[0], request.at)


def _named(request: Any, code: str) -> UUID:
    report = report_of(code)
    if report is None:
        WRONG_CODES.take(visitors.address(request), request.at)
        raise Problem(UNKNOWN_CODE)
    return report


def _page(request: Any, found: Followed) -> dict[str, Any]:
    slip = {"slip": slips.fresh(request.at)}
    return {
        "found": found,
        "state": looks.state(found.state) if found.state else None,
        "steps": [(step, looks.state(step.state)) for step in found.steps],
        "more": SpokenForm(initial=slip),
        "rating": RatingForm(initial=slip),
    }


@door(HELD)
@require_POST
def leave(request: Any) -> HttpResponse:
    """This browser forgets which report it looked at."""
    return slips.forget(HttpResponseRedirect(reverse("public_follow")))


@door(HELD)
@csrf_exempt  # the size is looked at before the body is read, the token right after
@require_POST
def add(request: Any) -> HttpResponse:
    """More words or a voice for the report in hand."""
    need_small(request)
    return _said(request, SpokenForm, "more")


@door(HELD)
@csrf_exempt  # as above
@require_POST
def rate(request: Any) -> HttpResponse:
    """Whether it is solved; a no opens the case again with its clocks as they were."""
    need_small(request)
    return _said(request, RatingForm, "rating")


@csrf_protect
def _said(request: Any, kind: type[SpokenForm], name: str) -> HttpResponse:
    report = slips.opened(request, request.at)
    found = followed(holder(report, spoken_in()), request.at, spoken_in()) if report else None
    if report is None or found is None:
        raise Problem("form_expired")
    form = kind(request.POST, request.FILES)
    if why := refusal(request, form, lambda: _write(request, report, form)):
        return refused(request, why, "follow.html", {**_page(request, found), name: form})
    return HttpResponseRedirect(reverse("public_follow"))


def _write(request: Any, report: UUID, form: SpokenForm) -> None:
    need_patience(request, REPORTS)
    given, actor = form.cleaned_data, holder(report, spoken_in())
    voice = spoken(request, form, actor)
    if not isinstance(form, RatingForm):
        add_more(case=report, actor=actor, at=request.at, text=given["text"], voice=voice)
        return
    feedback(
        case=report, actor=actor, at=request.at, solved=given["solved"], stars=given["stars"],
        text=given["text"], voice=voice,
    )  # fmt: skip


@door(HELD)
@require_safe
def voice(request: Any, sha256: str) -> HttpResponseBase:
    """A voice of the answer."""
    report = slips.opened(request, request.at)
    if report is None:
        raise Problem("not_found")
    return send(request, answer_voice(holder(report, spoken_in()), sha256, request.at, spoken_in()))

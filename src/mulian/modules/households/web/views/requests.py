"""What families ask of their own record: the register of it, taking one down, deciding it, the answer's slip."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mulian.core.access.views import requires
from mulian.core.ui.pages import page
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Asked
from mulian.modules.households.domain.request_titles import FIELDS as TITLES
from mulian.modules.households.domain.requests import (
    FIELDS,
    MEMBER_FIELDS,
    OTHER,
    Kind,
    State,
    Target,
    target,
)
from mulian.modules.households.models import Household, Request
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import requests as queries
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.rights import rights
from mulian.modules.households.web.places import Choices
from mulian.modules.households.web.request_forms import DecideForm, RequestForm
from mulian.modules.households.web.request_showing import choices_of, complaints, restricts, told
from mulian.modules.households.web.showing import Shown, needs_of, words
from mulian.modules.households.web.views.changing import METHODS
from mulian.modules.households.web.views.ledger import both_names
from mulian.modules.households.web.views.pages import found, refused
from mulian.modules.households.web.views.slip import PRINTED

SHOWN = ("open", "untold", "all")


@requires(Permission.REQUESTS)
@require_safe
def requests(request: Any) -> HttpResponse:
    """Those to be decided, those whose family is not told yet, or all."""
    wanted = request.GET.get("shown", "open")
    wanted = wanted if wanted in SHOWN else "open"
    shown = page(request, queries.listed(request.actor, wanted))
    lines = told(shown.object_list, request.at)
    return render(request, "households/requests/list.html", {"page": shown, "lines": lines, "shown": wanted})


@requires(Permission.RIGHTS)
@require_safe
def choose(request: Any, id: UUID) -> HttpResponse:
    """What this family asked so far, and what it may ask."""
    row = found(request, id, Permission.RIGHTS)
    context = {
        "household": row,
        **both_names(row),
        "lines": told(queries.of_household(id).select_related("household"), request.at),
        "kinds": [
            {"code": kind.value, "name": words(asking.name), "days": asking.days, "rule": words(asking.rule)}
            for kind, asking in rights().askings.items()
        ],
        "groups": _corrections(row, request) if request.GET.get("kind") == Kind.CORRECT else None,
    }
    return render(request, "households/requests/choose.html", context)


def _corrections(row: Household, request: Any) -> list[dict[str, Any]]:
    """Everything that can be put right, as links: details, members, then facts by heading."""
    details = [_link(Target("field", name), gettext(TITLES[name]), getattr(row, name)) for name in FIELDS]
    people = [
        _link(
            Target("member", name, one.id),
            gettext(TITLES[name]),
            getattr(one, name) or "",
            both_names(one)["called"],
        )
        for one in row.members.all()
        for name in MEMBER_FIELDS
    ]
    found = [{"name": gettext("Details"), "links": details}, {"name": gettext("Members"), "links": people}]
    for heading in Shown(row, request.actor, request.at).groups():
        lines = [
            _link(Target("item", one.code, one.subject), one.name, one.value, one.whose)
            for one in heading.lines
        ]
        found.append({"name": heading.name, "links": lines})
    other = [_link(Target(OTHER), gettext("Something else"), "")]
    return [*found, {"name": gettext("Something else"), "links": other}]


def _link(about: Target, name: str, value: Any, whose: str = "") -> dict[str, Any]:
    return {"target": str(about), "name": name, "value": value, "whose": whose}


@requires(Permission.RIGHTS)
@require_http_methods(METHODS)
def new(request: Any, id: UUID) -> HttpResponse:
    """The small form of one kind of request."""
    row = found(request, id, Permission.RIGHTS)
    kind, about = _wanted(request)
    shown = Shown(row, request.actor, request.at)
    needs: Choices = [
        (f"need:{one['row'].id}", one["name"]) for one in needs_of(row, shown.names, shown.today)
    ]
    data = request.POST if request.method == "POST" else None
    form = RequestForm(data, row=row, kind=kind, about=about, needs=needs)
    if form.is_valid():
        try:
            made = actions.take_request(
                id=form.cleaned_data["id"],
                household=id,
                asked=Asked(**form.asked()),
                actor=request.actor,
                at=request.at,
            )
        except Problem as problem:
            refused(form, problem)
        else:
            return HttpResponseRedirect(reverse("households_request", args=[made.id]))
    context = {
        "household": row,
        **both_names(row),
        "form": form,
        "kind": words(rights().askings[kind].name),
        "line": _line(row, about, shown) if about else None,
        **choices_of(kind),
    }
    return render(request, "households/requests/new.html", context, status=422 if form.is_bound else 200)


def _wanted(request: Any) -> tuple[Kind, Target | None]:
    """The kind asked for and, for a correction, what it is about; raises `not_found` for anything else."""
    kind = request.GET.get("kind", Kind.SEE.value)
    about = target(request.GET.get("target", ""))
    if kind not in set(Kind):
        raise Problem("not_found")
    known = about is None or about.what != "item" or about.code in catalogue().items
    if not known or (kind == Kind.CORRECT) != (about is not None):
        raise Problem("not_found")
    return Kind(kind), about


def _line(row: Household, about: Target, shown: Shown) -> dict[str, Any]:
    """What stands there now."""
    if about.what == "item":
        line = shown.line(about.code, about.subject)
        if line is None:
            raise Problem("not_found")
        return {"name": line.name, "whose": line.whose, "value": line.value}
    if about.what == "field":
        return {"name": gettext(TITLES[about.code]), "value": getattr(row, about.code)}
    one = next((m for m in row.members.all() if m.id == about.subject), None)
    if about.what == "member" and one is None:
        raise Problem("not_found")
    if one is None:
        return {"name": gettext("Something else")}
    value = getattr(one, about.code) or ""
    return {"name": gettext(TITLES[about.code]), "whose": both_names(one)["called"], "value": value}


@requires(Permission.REQUESTS)
@require_http_methods(METHODS)
def one(request: Any, id: UUID) -> HttpResponse:
    """How it stands. POST: `yes`, `no` with a reason, `told` in a language, `lift`."""
    row = queries.request(id, request.actor)
    may = queries.answers(row, request.actor)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = DecideForm(request.POST if act in ("yes", "no") else None)
    if request.method == "POST" and (_acted(request, row, act, form)):
        return HttpResponseRedirect(reverse("households_request", args=[id]))
    context = {
        "told": told([row], request.at)[0],
        "form": form,
        "may_decide": may and row.state == State.OPEN,
        "second": row.kind == Kind.DELETE and row.taken_by == request.actor.person,
        "may_tell": may and row.state != State.OPEN and row.told_at is None,
        "may_lift": may and restricts(row),
        "by_hand": row.target.startswith(OTHER),
        **both_names(row.household),
    }
    wrong = request.method == "POST"
    return render(request, "households/requests/one.html", context, status=422 if wrong else 200)


def _acted(request: Any, row: Request, act: str, form: DecideForm) -> bool:
    who = {"request": row.id, "actor": request.actor, "at": request.at}
    if act == "told":
        actions.family_told(language=row.household.language, **who)
        return True
    if act == "lift":
        actions.lift_restriction(**who)
        return True
    if act not in ("yes", "no") or not form.is_valid():
        return False
    try:
        actions.decide_request(allow=act == "yes", reason=form.cleaned_data["reason"], **who)
    except Problem as problem:
        refused(form, problem)
        return False
    return True


@requires(Permission.REQUESTS)
@require_safe
def slip(request: Any, id: UUID) -> HttpResponse:
    """The answer for the family, in both languages: what was asked, what was done, why, where to complain."""
    row = queries.request(id, request.actor)
    if row.state == State.OPEN:
        raise Problem("households.request_open")
    pages = [_page(row, request, language) for language in PRINTED]
    return render(request, "households/requests/slip.html", {"row": row, "pages": pages})


def _page(row: Request, request: Any, language: str) -> SafeString:
    with translation.override(language):
        context = {
            "language": language,
            "told": told([row], request.at)[0],
            "complaints": complaints(),
            **both_names(row.household),
        }
        return render_to_string("households/requests/slip_page.html", context)

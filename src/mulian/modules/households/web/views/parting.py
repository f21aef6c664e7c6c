"""A household splits, goes into another, is opened again; what follows is shown before anybody decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.core.areas.queries import place_names
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, queries
from mulian.modules.households.domain.lives import Life
from mulian.modules.households.domain.titles import LIVES
from mulian.modules.households.models import Household, LifeEvent
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.follows import Follows, follows, same_people, under_way
from mulian.modules.households.queries.lives import next_head
from mulian.modules.households.web import places
from mulian.modules.households.web.forms import CloseForm
from mulian.modules.households.web.life_forms import MergeForm, SinceForm, SplitForm
from mulian.modules.households.web.views.changing import METHODS, to_household, warn
from mulian.modules.households.web.views.pages import called, found, refused


@requires(Permission.REGISTER)
@require_http_methods(METHODS)
def split(request: Any, id: UUID) -> HttpResponse:
    """Some members are a household of their own: the form, what follows, and then it is done."""
    row = found(request, id, Permission.REGISTER)
    homes = places.homes(request.actor, Permission.REGISTER, get_language() or "zh-hans")
    here = queries.whereabouts([id], request.at)[id]
    form = SplitForm(
        _sent(request), present=row.members.all(), homes=homes,
        initial={"residing": here.residing or here.registered},
    )  # fmt: skip
    after, heir = None, None
    if form.is_valid():
        given = form.cleaned_data
        if "sure" in request.POST:
            try:
                done = actions.split_household(household=id, **given, actor=request.actor, at=request.at)
            except Problem as problem:
                refused(form, problem)
            else:
                warn(request, done.warnings)
                return to_household(done.household)
        place = replace(here, residing=given["residing"], camp=None)
        after = follows(id, given["members"], place, request.actor, request.at)
        stay = [one for one in row.members.all() if one.id not in given["members"]]
        heir = next_head(stay, request.at.year)
    return _page(request, form, gettext("Some members are a household of their own"), row, after, heir=heir)


@requires(Permission.REGISTER)
@require_http_methods(METHODS)
def merge(request: Any, id: UUID) -> HttpResponse:
    """The household goes into another: the form, what follows, and then it is done."""
    row = found(request, id, Permission.REGISTER)
    form = MergeForm(_guessed(request, row), present=row.members.all())
    after, target = None, None
    if form.is_valid():
        given = dict(form.cleaned_data)
        target = _numbered(given.pop("into"), request)
        if target is None:
            form.add_error("into", gettext("No household of your area has this number."))
        elif "sure" in request.POST:
            try:
                actions.merge_household(
                    household=id, into=target.id, **given, actor=request.actor, at=request.at
                )
            except Problem as problem:
                refused(form, problem)
            else:
                return to_household(target.id)
        else:
            place = queries.whereabouts([target.id], request.at)[target.id]
            coming = [m.id for m in row.members.all() if m.id not in given["same"]]
            after = follows(id, coming, place, request.actor, request.at)
    return _page(
        request, form, gettext("The household goes into another"), row, after,
        target=target, target_called=called(target) if target else "",
    )  # fmt: skip


def _guessed(request: Any, row: Household) -> Any:
    """Who seems to stand in both is ticked the first time; then what the person ticked holds."""
    sent = _sent(request)
    if sent is None or "looked" in sent:
        return sent
    target = _numbered(sent.get("into", ""), request)
    sent = sent.copy()
    if target is not None:
        sent.setlist("same", [str(id) for id in sorted(same_people(row.id, target.id), key=str)])
    return sent


def _numbered(number: str, request: Any) -> Household | None:
    rows = queries.visible(request.actor, request.at, permission=Permission.REGISTER)
    return queries.with_insides(rows.filter(number=number.strip())).first()


@requires(Permission.REGISTER)
@require_http_methods(METHODS)
def close(request: Any, id: UUID) -> HttpResponse:
    """Takes a household off the lists, with the reason; what is still open about it is shown."""
    row = found(request, id, Permission.REGISTER)
    form = CloseForm(_sent(request))
    if form.is_valid():
        try:
            actions.close_household(household=id, **form.cleaned_data, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            return HttpResponseRedirect(reverse("households"))
    hanging = under_way(id, request.actor, request.at)
    return _page(
        request, form, gettext("Close the household"), row, None,
        button=gettext("Close"), danger=True, hanging=hanging,
    )  # fmt: skip


@requires(Permission.REGISTER)
@require_http_methods(METHODS)
def reopen(request: Any, id: UUID) -> HttpResponse:
    """A closed household is served again."""
    row = found(request, id, Permission.REGISTER)
    form = SinceForm(_sent(request))
    if form.is_valid():
        try:
            actions.reopen_household(household=id, **form.cleaned_data, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            return to_household(id)
    return _page(request, form, gettext("Open the household again"), row, None, button=gettext("Save"))


@requires(Permission.CHANGE)
@require_http_methods(METHODS)
def take_back(request: Any, id: UUID, event: UUID) -> HttpResponse:
    """What was told was a mistake; asked once more before everything is as it was."""
    row = found(request, id, Permission.CHANGE)
    told = LifeEvent.unscoped.because("its household is in scope").filter(id=event, household=id).first()
    if told is None:
        raise Problem("not_found")
    if request.method == "POST":
        actions.take_back(event=event, actor=request.actor, at=request.at)
        return to_household(id)
    title = gettext("Take back: %(what)s") % {"what": gettext(LIVES[Life(told.kind)])}
    return _page(request, Form(), title, row, None, button=gettext("It was a mistake"), danger=True)


def _sent(request: Any) -> Any:
    return request.POST if request.method == "POST" else None


def _page(
    request: Any,
    form: Form,
    title: str,
    row: Household,
    after: Follows | None,
    *,
    button: str = "",
    **more: Any,
) -> HttpResponse:
    codes = {*after.before.areas, *after.after.areas} if after else set()
    names = place_names(codes, get_language() or "zh-hans")
    context = {
        "form": form,
        "title": title,
        "household": row,
        "called": called(row),
        "after": after,
        "before_places": [names[code] for code in after.before.areas] if after else [],
        "after_places": [names[code] for code in after.after.areas] if after else [],
        "button": button or gettext("Show what follows"),
        **more,
    }
    wrong = form.is_bound and not form.is_valid()
    return render(request, "households/life/form.html", context, status=422 if wrong else 200)

"""One item of a household, in its place on the page: its form and its history; papers as last seen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access import scope
from mulian.core.access.views import requires
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, queries
from mulian.modules.households.actions import Fact, Paper
from mulian.modules.households.domain.catalogue import Item, Of, Source
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.register_forms import ItemForm, PaperForm
from mulian.modules.households.web.showing import Line, Shown
from mulian.modules.households.web.views.changing import METHODS, to_household
from mulian.modules.households.web.views.pages import form_page, found, refused


@requires(Permission.VIEW)
@require_http_methods(METHODS)
def item(request: Any, id: UUID, item: str) -> HttpResponse:
    """GET: history and form of one item, inside the page or as a page of its own. POST writes it, answers the line."""
    row = found(request, id, Permission.VIEW)
    shown, subject = Shown(row, request.actor, request.at), _subject(request)
    line = shown.line(item, subject)
    if line is None:
        raise Problem("not_found")
    entry = catalogue().items[item]
    form = ItemForm(_given(request), item=entry, now=line.raw) if line.may_write else None
    if request.method != "POST":
        return _slot(request, row, shown, line, form)
    scope.require(request.actor, Permission.CHANGE, kind=queries.KIND, id=id, at=request.at)
    if form is None:
        raise Problem("households.not_your_side")
    if form.is_valid() and _write(request, row, entry, subject, form):
        if not request.headers.get("HX-Request"):
            return to_household(id)
        fresh = Shown(row, request.actor, request.at).line(item, subject)
        return render(
            request, "households/register/line.html", {"household": row, "line": fresh, "told": True}
        )
    return _slot(request, row, shown, line, form, status=422)


def _given(request: Any) -> Any:
    """What was sent, also when that is nothing: then it is wrong, and said so."""
    return request.POST if request.method == "POST" else None


def _subject(request: Any) -> UUID | None:
    try:
        return UUID(request.GET["of"]) if request.GET.get("of") else None
    except ValueError:
        raise Problem("not_found") from None


def _write(request: Any, row: Household, entry: Item, subject: UUID | None, form: ItemForm) -> bool:
    given = form.cleaned_data
    value = given["value"]
    fact = Fact(
        code=entry.code,
        value=None if value in (None, "") else str(value),
        member=subject if entry.of == Of.MEMBER else None,
        camp=subject if entry.of == Of.CAMP else None,
        as_of=given["as_of"],
    )
    try:
        actions.update_household(
            household=row.id, facts=[fact], source=Source(given["source"]), actor=request.actor, at=request.at
        )
    except Problem as problem:
        refused(form, problem)
        return False
    return True


def _slot(
    request: Any, row: Household, shown: Shown, line: Line, form: ItemForm | None, status: int = 200
) -> HttpResponse:
    inside = bool(request.headers.get("HX-Request"))
    template = "households/register/slot.html" if inside else "households/register/item.html"
    context = {"household": row, "line": line, "form": form, "history": shown.history(line)}
    return render(request, template, context, status=status)


@requires(Permission.CHANGE)
@require_http_methods(METHODS)
def paper(request: Any, id: UUID) -> HttpResponse:
    """A look at a paper."""
    row = found(request, id, Permission.CHANGE)
    cares = scope.can(request.actor, Permission.CARE, kind=queries.KIND, id=id, at=request.at)
    form = PaperForm(_given(request), row=row, cares=cares)
    if form.is_valid():
        given = form.cleaned_data
        seen = Paper(
            code=given["code"],
            held=given["held"] == "yes",
            member=given["member"],
            valid_to=given["valid_to"],
            seen_on=given["seen_on"],
        )
        try:
            actions.note_paper(household=id, paper=seen, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            return to_household(id)
    return form_page(request, form, gettext("Note a paper"), gettext("Save"), household=row)

"""At the village's desk: a family's own record and who opened it, to be read with them and printed (G9)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mulian.core.access.views import requires
from mulian.core.areas.models import Area
from mulian.core.packs import current
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, queries
from mulian.modules.households.actions.reading import LONGEST
from mulian.modules.households.domain.titles import RELATIONS, WAYS
from mulian.modules.households.models import Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.readings import Read, readings
from mulian.modules.households.web.showing import SPOKEN, Shown, needs_of, papers_of
from mulian.modules.households.web.views.changing import METHODS
from mulian.modules.households.web.views.ledger import both_names, named_places
from mulian.modules.households.web.views.pages import found, refused

PRINTED = ("bo", "zh-hans")
"""A slip is in both languages, whatever the desk's own page is in."""


class SlipForm(forms.Form):
    """Who of the family stands at the desk, and how the desk knows them. No number and no picture is taken."""

    asked_by = forms.TypedChoiceField(label=_("Who asks"), coerce=UUID, empty_value=None)
    known_by = forms.CharField(
        label=_("How you know them"),
        max_length=LONGEST,
        help_text=_("Known to me, brought by the liaison, …"),
    )

    def __init__(self, *args: Any, row: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(member.id), both_names(member)["called"]) for member in row.members.all()]
        self.fields["asked_by"].choices = people  # type: ignore[attr-defined]


@requires(Permission.SLIP)
@require_http_methods(METHODS)
def slip(request: Any, id: UUID) -> HttpResponse:
    """Asks who of the family it is for; then shows the record in both languages."""
    row = found(request, id, Permission.SLIP)
    form = SlipForm(request.POST if request.method == "POST" else None, row=row)
    context: dict[str, Any] = {"household": row, "form": form, **both_names(row)}
    if form.is_valid():
        try:
            actions.give_slip(household=id, **form.cleaned_data, actor=request.actor, at=request.at)
        except Problem as problem:
            refused(form, problem)
        else:
            context["pages"] = [_page(row, request, language) for language in PRINTED]
    wrong = form.is_bound and not form.is_valid()
    return render(request, "households/slip.html", context, status=422 if wrong else 200)


def _page(row: Household, request: Any, language: str) -> SafeString:
    """The record in one language."""
    with translation.override(language):
        shown = Shown(row, request.actor, request.at)
        read, many = readings(row.id)
        place = queries.whereabouts([row.id], request.at)[row.id]
        living = [code for code in (place.residing, place.camp_area) if code]
        context = {
            "language": language,
            "household": row,
            "at": request.at,
            **both_names(row),
            **named_places(place, Area.objects.in_bulk([code for code in place.areas if code])),
            "spoken": SPOKEN.get(row.language, ""),
            "members": [
                {"row": m, "relation": gettext(RELATIONS[m.relation]), **both_names(m)}
                for m in row.members.all()
            ],
            "register": shown.groups(),
            "papers": list(papers_of(row, shown.names, shown.cares, shown.today)),
            "needs": list(needs_of(row, shown.names, shown.today)) if shown.cares else [],
            "liaisons": queries.liaisons_of(living, request.at),
            "read": [_line(one) for one in read],
            "more": many - len(read),
        }
        return render_to_string("households/slip_page.html", context)


def _line(one: Read) -> dict[str, Any]:
    language = get_language() or "zh-hans"
    role = current().title(one.role, language) if one.role else ""
    return {"read": one, "role": role, "way": gettext(WAYS[one.way])}

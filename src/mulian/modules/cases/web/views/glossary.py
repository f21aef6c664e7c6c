"""The words interpreters are shown, kept by the administrator."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mulian.core.access.views import requires
from mulian.modules.cases.actions import glossary
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.glossary import dropped, sought
from mulian.modules.cases.web.forms.translating import SoughtForm, TermForm
from mulian.modules.cases.web.views.submitting import NOT_RIGHT, accepted, go


@requires(Permission.GLOSSARY)
@require_safe
def terms(request: Any) -> HttpResponse:
    """All of them, or those with some letters; one of them in the form."""
    return _page(request, None)


@requires(Permission.GLOSSARY)
@require_POST
def keep(request: Any) -> HttpResponse:
    """Adds or changes one."""
    form = TermForm(request.POST)
    if not accepted(form, lambda: glossary.keep(**form.cleaned_data, actor=request.actor, at=request.at)):
        return _page(request, form)
    return go(request, f"{reverse('cases_glossary')}?q={form.cleaned_data['zh']}")


@requires(Permission.GLOSSARY)
@require_POST
def drop(request: Any) -> HttpResponse:
    """Takes one out."""
    glossary.drop(code=request.POST.get("code", ""), actor=request.actor, at=request.at)
    return go(request, reverse("cases_glossary"))


def _page(request: Any, form: TermForm | None) -> HttpResponse:
    words = request.GET.get("q", "")
    found = sought(words)
    code = request.GET.get("code", "")
    chosen = next((each for each in found if each.code == code), None)
    initial = {"code": chosen.code, "zh": chosen.zh, "bo": chosen.bo, "note": chosen.note} if chosen else None
    context = {
        "terms": found,
        "dropped": dropped(),
        "search": SoughtForm(initial={"q": words}),
        "q": words,
        "form": form or TermForm(initial=initial),
        "chosen": chosen,
    }
    return render(request, "cases/glossary.html", context, status=NOT_RIGHT if form else 200)

"""A form of the case page was opened or sent: show it, or do it and show the page as it is now.

What is asked for in the wrong form (422) comes back inside the form; everything else a Problem says becomes a
toast (or a page, without script).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from mulian.core.ui.problems import title
from mulian.kernel.problems import Problem
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.web.showing.page import page

NOT_RIGHT, PASSED_ON = 422, 409


def submit(
    request: Any, id: UUID, form: Form, act: Callable[[], object], *, name: str, words: str, help: str = ""
) -> HttpResponse:
    """Runs `act` when the form was sent and is whole; else answers the form called `name` alone.

    `words` stand on its button. Who asks has been found to see the case.
    """
    if form.is_bound and accepted(form, act):
        return shown(request, id)
    context = {"case_id": id, "form": form, "name": name, "words": words, "help": help, "url": request.path}
    status = NOT_RIGHT if form.is_bound else 200
    if not request.htmx:
        return render(request, "cases/step.html", context, status=status)
    response = render(request, "cases/parts/step.html", context, status=status)
    if form.is_bound:
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#{name}", "outerHTML"
    return response


def accepted(form: Form, act: Callable[[], object], *, also: int = NOT_RIGHT) -> bool:
    """Whether the act was done; a refusal of what was typed is added to the form, and one of the status `also`.

    Desks say `also=PASSED_ON`: whoever typed while somebody else took the work over keeps every word.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Problem as problem:
        if problem.status not in (NOT_RIGHT, also):
            raise
        form.add_error(None, f"{title(problem)} {gettext(problem.meaning.next_step)}")
        return False
    return True


def shown(request: Any, id: UUID) -> HttpResponse:
    """The case as it is now; the inbox when it is no longer the actor's to see."""
    if visible_case(id, request.actor, request.at) is None:
        return go(request, reverse("cases_inbox"))
    if not request.htmx or request.htmx.target != "case":
        return go(request, reverse("cases_case", args=[id]))
    return render(request, "cases/parts/body.html", {**page(id, request.actor, request.at), "swapped": True})


def go(request: Any, url: str) -> HttpResponse:
    """To another page, whoever asked."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)

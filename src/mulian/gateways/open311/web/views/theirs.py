"""The services of another system: what it offers, and which of our topics goes where."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mulian.core.access.views import requires
from mulian.core.ui.problems import title
from mulian.gateways.open311.actions.asking_services import ask_again
from mulian.gateways.open311.actions.mapping import map_topic, unmap_topic
from mulian.gateways.open311.domain.elsewhere import System
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries import catalogue, theirs
from mulian.gateways.open311.queries.systems import systems
from mulian.gateways.open311.web.forms import MappingForm
from mulian.kernel.problems import Problem

NOT_RIGHT = 422


@requires(Permission.FORWARD)
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: Any, system: str) -> HttpResponse:
    """Both lists, and the form that maps a topic."""
    there = _there(system)
    names = catalogue.names(request.LANGUAGE_CODE)
    offered = theirs.offered(system)
    form = MappingForm(request.POST or None, topics=names.items(), services=_choices(offered))
    if form.is_valid() and _kept(request, form, system):
        return HttpResponseRedirect(reverse("elsewhere_services", args=[system]))
    context = {
        "system": there,
        "form": form,
        "lines": [(line, names.get(line.topic, line.topic)) for line in theirs.lines(there)],
        "offered": offered,
        "asked": theirs.asked(system),
    }
    status = NOT_RIGHT if form.is_bound else 200
    return render(request, "open311/theirs.html", context, status=status)


@requires(Permission.FORWARD)
@require_POST
def unmap(request: Any, system: str) -> HttpResponse:
    """A topic goes there as the settings say."""
    _there(system)
    topic = request.POST.get("topic", "")
    unmap_topic(system=system, topic=topic, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("elsewhere_services", args=[system]))


@requires(Permission.FORWARD)
@require_POST
def ask(request: Any, system: str) -> HttpResponse:
    """Their list is asked for anew."""
    _there(system)
    ask_again(system=system, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("elsewhere_services", args=[system]))


def _there(system: str) -> System:
    found = systems().get(system)
    if found is None:
        raise Problem("not_found")
    return found


def _kept(request: Any, form: MappingForm, system: str) -> bool:
    try:
        map_topic(system=system, **form.cleaned_data, actor=request.actor, at=request.at)
    except Problem as problem:
        if problem.status != NOT_RIGHT:
            raise
        form.add_error(None, f"{title(problem)} {gettext(problem.meaning.next_step)}")
        return False
    return True


def _choices(offered: list[Any]) -> list[tuple[str, str]]:
    return [(each.code, " · ".join(filter(None, (each.group, each.name, each.code)))) for each in offered]

"""Services and service lists in the words, colours and shapes of pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.access import scope
from mulian.core.packs import said
from mulian.kernel.actor import Actor
from mulian.modules.cases.actions.papers import settles
from mulian.modules.cases.domain.purposes import Mark
from mulian.modules.cases.domain.services import PaperState, Service, Who, moves
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.services import Hours, View, hours, views
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.looks import Look

OWNERS: Mapping[str, str] = {
    "registered": _("Settled where the family is registered"),
    "residing": _("Settled where the family lives"),
    "counter": _("The family goes to the counter itself; nothing is sent"),
}
CARRIERS: Mapping[str, str] = {
    "registered": _("The village of registration carries the papers"),
    "residing": _("Whoever serves the family where it lives carries the papers; the family stays home"),
    "family": _("The family takes its papers along; the liaison may go with it"),
}
WHO: Mapping[str, str] = {
    "family": _("the family"),
    "carrier": _("who carries the papers"),
    "owner": _("who settles it"),
}
_PAPERS: Mapping[str, tuple[str, str, str]] = {
    "needed": (_("still missing"), "warn", "ring"),
    "ready": (_("ready"), "info", "half"),
    "carried": (_("taken along"), "accent", "arrow-right"),
    "handed_over": (_("handed over"), "info", "full"),
    "back": (_("back with the family"), "good", "tick"),
}
_MOVES: Mapping[str, str] = {
    "needed": _("It is missing after all"),
    "ready": _("It is ready"),
    "carried": _("I take it along"),
    "handed_over": _("Handed over"),
    "back": _("Back with the family"),
}
_MARKS: Mapping[str, tuple[str, str, str]] = {
    "open": (_("open"), "neutral", "ring"),
    "done": (_("done"), "good", "tick"),
    "not_yet": (_("not yet"), "info", "half"),
    "cannot": (_("cannot be done"), "warn", "cross"),
}


@dataclass(frozen=True)
class Offer:
    """A service of the catalogue as a page shows it."""

    code: str
    name: str
    owner: str
    carrier: str
    counter: bool
    papers: list[str]
    steps: list[tuple[str, str]]
    at: str
    hours: Hours


def offer(service: Service, at: datetime) -> Offer:
    """In the page's language."""
    words = language()
    return Offer(
        code=service.code,
        name=said(service.name, words),
        owner=gettext(OWNERS[service.owner]),
        carrier=gettext(CARRIERS[service.carrier]),
        counter=not service.sent,
        papers=[said(name, words) for name in service.papers],
        steps=[(said(step.name, words), gettext(WHO[step.who])) for step in service.steps],
        at=said(service.at, words) if service.at else "",
        hours=hours(service, at),
    )


def panel(case: Case, actor: Actor) -> dict[str, Any] | None:
    """What the page of a case shows of its service; None where it is none."""
    view = views([case.id], language()).get(case.id) if case.kind == "service" else None
    if view is None:
        return None
    may = scope.permitted(actor, Permission.SERVE) and case.state != State.CLOSED
    owner = settles(case, actor)
    return {
        "view": view,
        "owner": gettext(OWNERS[view.owner]),
        "carrier": gettext(CARRIERS[view.carrier]),
        "may": may,
        "papers": [
            (each, paper(each.state), _offered(view, each.state) if may else []) for each in view.papers
        ],
        "steps": [
            (each, gettext(WHO[each.who]), may and (each.who != Who.OWNER or owner), each == view.now)
            for each in view.steps
        ],
    }


def paper(state: PaperState) -> Look:
    """The chip of a paper."""
    word, tone, shape = _PAPERS[state]
    return Look(gettext(word), tone, shape)


def _offered(view: View, state: PaperState) -> list[tuple[str, str]]:
    return [(to.value, gettext(_MOVES[to])) for to in moves(state, sent=view.sent)]


def mark(mark: Mark) -> Look:
    """The chip of a family on a list."""
    word, tone, shape = _MARKS[mark]
    return Look(gettext(word), tone, shape)


def marks(counts: Mapping[Mark, int]) -> list[tuple[Look, int]]:
    """How many stand where, in the order of the marks."""
    return [(mark(each), counts[each]) for each in Mark]

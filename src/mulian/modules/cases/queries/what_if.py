"""Who would get this, and why? The real rules and the real staff, asked without writing anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from mulian.core.access.models import Person
from mulian.core.areas.codes import within
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.place import Basis, HouseholdPlaces, Place
from mulian.modules.cases.domain.promises import Moment, PromiseKind, make_promises
from mulian.modules.cases.domain.routing import Routing, route
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.names import names_for
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.words import PROMISES, REASONS, STANDINGS


@dataclass(frozen=True, kw_only=True)
class Question:
    """A report that nobody made: where, about what, how urgent, when; of a family registered or living elsewhere."""

    place: str
    topic: str = ""
    urgent: bool = False
    also: str = ""
    registered: str = ""
    residing: str = ""
    camp: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One receiver in words."""

    office: str
    person: str
    standing: str
    standing_words: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Receivers, responsible first; offices where nobody is; the promises that would start, with their end."""

    lines: list[Line]
    gaps: list[str]
    owner_area: str
    promises: list[tuple[str, datetime]]
    departments: list[str]


def ask(question: Question, actor: Actor, at: datetime, language: str) -> Answer | None:
    """None for places outside the actor's areas; nobody is told and nothing is kept."""
    if not any(within(question.place, area) for area in actor.areas):
        return None
    routing = routed(question, at)
    told = holding.told(routing.receivers)
    gaps = [{"unit": gap.unit} for gap in routing.gaps]
    listed = rules().topics.departments(question.topic or None, routing.owner_area)
    names = names_for([*told, *gaps, *({"unit": code} for code in listed)], language)
    people = Person.objects.in_bulk([each.person for each in routing.receivers if each.person])
    return Answer(
        lines=[
            Line(
                office=names.unit(each.unit) or names.area(each.area),
                person=people[each.person].name if each.person in people else "",
                standing=each.standing,
                standing_words=gettext(STANDINGS[each.standing]),
                reason=gettext(REASONS[each.reason]),
            )
            for each in routing.receivers
        ],
        gaps=[names.unit(gap.unit) for gap in routing.gaps],
        owner_area=routing.owner_area,
        promises=_promises(question, routing.owner_area, at),
        departments=[names.unit(code) for code in listed],
    )


def routed(question: Question, at: datetime) -> Routing:
    """What `route` says, with the posts, leave and rota of this moment."""
    home = HouseholdPlaces(
        registered=question.registered or None,
        residing=question.residing or None,
        camp=question.camp or None,
    )
    family = home if question.registered or question.residing or question.camp else None
    place = Place(
        area=question.camp or question.place,
        also=(question.also,) if question.also else (),
        basis=Basis.CHOSEN,
    )
    areas = [place.area, *place.also, *filter(None, (question.registered, question.residing))]
    near = ground.around(rules=rules(), areas=dict.fromkeys(areas), topic=question.topic or None, at=at)
    return route(place, near, household=family)


def _promises(question: Question, area: str, at: datetime) -> list[tuple[str, datetime]]:
    at_hand = rules()
    made = make_promises(
        Moment.RECEIVED,
        at=at,
        policy=at_hand.policy,
        area=area,
        topic=question.topic or None,
        urgent=question.urgent,
        topics=at_hand.topics,
    )
    order = list(PromiseKind)
    found = sorted(made, key=lambda each: order.index(each.kind))
    return [(gettext(PROMISES[each.kind]), each.due.astimezone(CN)) for each in found]

"""A report becomes a case: judged, placed, routed and promised in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.access import placing, scope
from mulian.core.database.batch import later, remembered
from mulian.core.database.rows import insert, insert_values
from mulian.core.search.index import index_many
from mulian.kernel.actor import Actor
from mulian.kernel.clock import local_day
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import gathering, listening, spreading, suggesting, writing
from mulian.modules.cases.actions.gathering import Gathered, Spot
from mulian.modules.cases.actions.problems import NOTHING_SAID
from mulian.modules.cases.actions.said import Content, Voice, content, keep
from mulian.modules.cases.domain.numbers import make_number
from mulian.modules.cases.domain.promises import Moment, make_promises
from mulian.modules.cases.domain.promises import Promise as Clock
from mulian.modules.cases.domain.receivers import Receivers
from mulian.modules.cases.domain.routing import Routing, route
from mulian.modules.cases.domain.services import Service
from mulian.modules.cases.domain.settling import settle
from mulian.modules.cases.domain.staffing import Accused
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.domain.surroundings import Surroundings
from mulian.modules.cases.events import CaseReported
from mulian.modules.cases.models import Case, Promise, Receiver
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.rules import rules

__all__ = ["Spot", "Voice", "report", "take_in"]

NUMBERS = 100
"""How many case numbers are drawn at once."""


@transaction.atomic
def report(*, id: UUID, actor: Actor, at: datetime, **said: Any) -> Case:
    """Takes a report in as `take_in` does. The same id again answers the same case to its reporter."""
    scope.require_any(actor, Permission.REPORT)
    if (known := Case.unscoped.because("the same request again").filter(id=id).first()) is not None:
        return _again(known, actor)
    return take_in(id=id, actor=actor, at=at, **said)


def take_in(
    *,
    id: UUID,
    actor: Actor,
    at: datetime,
    text: str = "",
    voice: Voice | None = None,
    photos: Iterable[str] = (),
    place: Spot | None = None,
    area: str | None = None,
    household: UUID | None = None,
    urgent: bool = False,
    hazard: str = "",
    on_behalf_of: str = "",
    about_person: UUID | None = None,
    about_unit: UUID | None = None,
    about_area: str = "",
    door: str = "console",
    topic: str = "",
    service: Service | None = None,
    received_at: datetime | None = None,
    written_at: datetime | None = None,
) -> Case:
    """Inside the caller's transaction: a fresh id becomes a case and exactly those the rules name are told.

    `at` is now, `received_at` when the server took it in (promises start there), `written_at` the sender's
    clock. `area` is a place somebody chose, `place` the sender's point, `topic` one the reporter chose. A `service`
    is received by those who settle it and carry its papers.
    `about_*` make it a complaint that never reaches them. Raises `cases.nothing_said`,
    `cases.foreign_household`, `cases.unknown_topic`, `areas.unknown`. In a batch the rows are written at its end.
    """
    scope.require_any(actor, Permission.REPORT)
    given = content(text=text, voice=voice, photos=photos)
    if not given and not hazard:
        raise Problem(NOTHING_SAID)
    facts = gathering.gather(
        given=given, actor=actor, at=at, received_at=received_at or at, written_at=written_at, spot=place,
        area=area, household=household, urgent=urgent, hazard=hazard, said_topic=topic,
    )  # fmt: skip
    facts = gathering.for_service(facts, service.owner) if service else facts
    near = _around(facts, gathering.accused(about_person, about_unit, about_area, at), at)
    routing = _routing(facts, near, service)
    case = _case(id, actor, facts, given, routing, door)
    case.on_behalf_of, case.about_person_id, case.about_unit_id = on_behalf_of[:120], about_person, about_unit
    case.about_area = about_area
    ground.assigned(routing.responsible.person)
    _write(case, routing, near, given, facts, actor, at)
    return case


def _again(case: Case, actor: Actor) -> Case:
    """Only its reporter may send an id again; for anybody else the id does not exist."""
    if case.reporter_id != actor.person:
        raise Problem("not_found")
    return case


def _routing(facts: Gathered, near: Surroundings, service: Service | None) -> Routing:
    if service and facts.places:
        return settle(service, facts.places, near)
    return route(facts.place, near, household=facts.places)


def _around(facts: Gathered, about: Accused, at: datetime) -> Surroundings:
    areas = [facts.place.area, *facts.place.also]
    if facts.places:
        areas += [area for area in (facts.places.registered, facts.places.residing) if area]
    return ground.around(
        rules=rules(), areas=dict.fromkeys(areas), topic=facts.topic or None, at=at, accused=about
    )


def _case(id: UUID, actor: Actor, facts: Gathered, given: Content, routing: Routing, door: str) -> Case:
    spot = facts.spot
    case = Case(
        id=id,
        number=_number(facts.received_at),
        kind=facts.kind,
        topic=facts.suggested,
        topic_confidence=facts.confidence,
        topic_by=facts.topic_by,
        text=given.text,
        language=facts.language,
        urgent=facts.urgency.urgent,
        hazard=facts.urgency.hazard or "",
        area_id=routing.owner_area,
        place=facts.place.area,
        place_basis=facts.place.basis,
        place_chosen=list(facts.chosen),
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        accuracy=spot.accuracy if spot else None,
        datum=spot.datum if spot else "",
        household=facts.household,
        reporter_id=actor.person,
        device=actor.device,
        door=door,
        occurred_at=facts.occurred_at,
        reported_at=facts.written_at,
        received_at=facts.received_at,
        skew_seconds=round((facts.written_at - facts.received_at).total_seconds()),
    )
    writing.enter(case, State.REPORTED, facts.occurred_at)
    return case


def _number(at: datetime) -> str:
    """A number nobody has; candidates are drawn and compared together, so a batch asks once."""
    prefix = rules().number_prefix or "ML"
    pool: list[str] = remembered(("cases.numbers", local_day(at)), list)
    while not pool:
        drawn = {make_number(prefix, at, secrets.randbelow) for _ in range(NUMBERS)}
        rows = Case.unscoped.because("numbers are unique, content is not read").filter(number__in=drawn)
        pool += sorted(drawn - set(rows.values_list("number", flat=True)))
    return pool.pop()


def _write(
    case: Case,
    routing: Routing,
    near: Surroundings,
    given: Content,
    facts: Gathered,
    actor: Actor,
    at: datetime,
) -> None:
    held = ground.roster(at)
    promises = writing.start_promises(case, _promises(case), at)
    writing.own(case, routing.receivers, held)
    params = {"words": list(facts.place.words), "basis": facts.place.basis.value}
    receivers = [writing.receiver_values(case, r, held, at, params) for r in routing.receivers]
    places = _places(case, routing.receivers, facts, held, actor, at)
    later(_insert, _Rows(case, promises, receivers, places, at))
    if near.accused:
        hidden = spreading.barred(near.accused, near.barred, held) - {actor.person}
        placing.bar(kind=spreading.KIND, id=case.id, persons=sorted(hidden))
    keep(case, given, voice_as="report_voice", photo_as="report_photo", actor=actor, at=at)
    if given.voice and not given.text:
        listening.ask(case, at=at)
    _tell(case, routing.receivers, at)
    areas = [] if near.accused else spreading.area_feeds(place.area for place in places)
    feeds = [*spreading.person_feed(actor), *areas]
    event = _event(case, routing, facts)
    writing.record(
        case, event, actor=actor, at=at, occurred=case.occurred_at, fields=None, feeds=feeds, new=True
    )
    suggesting.tell(case, facts.model, at)


@dataclass(frozen=True)
class _Rows:
    """Everything one report inserts into tables of its own."""

    case: Case
    promises: list[Promise]
    receivers: list[tuple[Any, ...]]
    places: list[placing.Place]
    at: datetime


def _insert(reports: list[_Rows]) -> None:
    """Writes reports together: one statement for each table, however many there are."""
    insert([each.case for each in reports])
    insert([row for each in reports for row in each.promises])
    insert_values(Receiver, writing.RECEIVER, [row for each in reports for row in each.receivers])
    for at, group in _by_moment(reports).items():
        placing.place_new(kind=spreading.KIND, placed={each.case.id: each.places for each in group}, at=at)
        texts = {each.case.id: each.case.text for each in group if each.case.text}
        if texts:
            index_many(kind=spreading.KIND, texts=texts, at=at)


def _by_moment(reports: list[_Rows]) -> dict[datetime, list[_Rows]]:
    groups: dict[datetime, list[_Rows]] = {}
    for each in reports:
        groups.setdefault(each.at, []).append(each)
    return groups


def _promises(case: Case) -> tuple[Clock, ...]:
    at_hand = rules()
    return make_promises(
        Moment.RECEIVED,
        at=case.received_at,
        policy=at_hand.policy,
        area=case.area_id,
        topic=gathering.sure_topic(case) or None,
        urgent=case.urgent,
        topics=at_hand.topics,
    )


def _places(
    case: Case, receivers: Receivers, facts: Gathered, held: ground.Roster, actor: Actor, at: datetime
) -> list[placing.Place]:
    """The case counts with its receivers, with whoever served the household then or does now, and with its reporter."""
    topic = gathering.sure_topic(case)
    places = spreading.places_of(receivers, topic=topic, topics=rules().topics, held=held)
    if facts.household and facts.places and not case.complaint:
        places += spreading.household_places(facts.places)
        places += _moved_on(facts.household, facts, at)
    return places + spreading.reported_place(gathering.own_grid(actor, facts.places))


def _moved_on(household: UUID, facts: Gathered, at: datetime) -> list[placing.Place]:
    """A report that travelled long may arrive after a move, too late to follow it: it goes where the family is now."""
    now = gathering.place_of(household, at) if facts.occurred_at < at else None
    return spreading.household_places(now) if now and now != facts.places else []


def _tell(case: Case, receivers: Receivers, at: datetime) -> None:
    title = "Urgent report %(number)s" if case.urgent else "New case %(number)s"
    spreading.notify(case, (r.person for r in receivers), kind="reported", title=title, key="reported", at=at)


def _event(case: Case, routing: Routing, facts: Gathered) -> CaseReported:
    return CaseReported(
        subject_id=case.id,
        number=case.number,
        door=case.door,
        kind=case.kind,
        urgent=case.urgent,
        urgent_because=facts.urgency.because.value if facts.urgency.because else None,
        hazard=case.hazard,
        topic=case.topic,
        topic_confidence=case.topic_confidence,
        area=case.area_id,
        place_basis=case.place_basis,
        receivers=holding.told(routing.receivers),
        gaps=[gap.unit for gap in routing.gaps],
    )

"""What a report says, judged by the county's rules: topic, urgency, household, place and times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from mulian.core.access.models import Person
from mulian.core.areas.models import Area, Unit
from mulian.core.areas.queries import unit_named
from mulian.kernel.actor import Actor, Role
from mulian.kernel.geo import Datum, Point, from_gcj02
from mulian.kernel.problems import Problem
from mulian.kernel.text import language_of
from mulian.modules.cases.actions.problems import BAD_PLACE, FOREIGN_HOUSEHOLD, UNKNOWN_TOPIC
from mulian.modules.cases.actions.said import Content
from mulian.modules.cases.domain.hazards import Urgency, judge
from mulian.modules.cases.domain.place import Basis, HouseholdPlaces, Place, Whereabouts, find_place
from mulian.modules.cases.domain.services import Owner
from mulian.modules.cases.domain.staffing import VILLAGE_DIGITS, Accused
from mulian.modules.cases.domain.topics import Kind
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.classifying import learnt
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.topics import usable, usable_topic
from mulian.modules.households import public as households

KEPT_ON_PHONES = timedelta(days=30)
"""A clock that says longer ago than a phone keeps its reports is wrong, not old."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A point as sent: degrees, accuracy in metres, and the datum the numbers are in."""

    lat: float
    lon: float
    accuracy: float | None = None
    datum: str = Datum.WGS84

    def point(self) -> Point:
        """In WGS84. Raises `cases.bad_place` for numbers that are no place."""
        try:
            return from_gcj02(self.lat, self.lon) if self.datum == Datum.GCJ02 else Point(self.lat, self.lon)
        except ValueError as error:
            raise Problem(BAD_PLACE) from error


class Suggested(NamedTuple):
    """A topic (empty: none), how sure it is, who says so, and which model where it was one."""

    topic: str
    confidence: float | None
    by: str
    model: str = ""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A report, judged. `topic` is what routing may use, `suggested` what is shown for confirmation."""

    received_at: datetime
    written_at: datetime
    occurred_at: datetime
    language: str
    urgency: Urgency
    suggested: str
    confidence: float | None
    topic_by: str
    model: str
    kind: Kind
    place: Place
    chosen: tuple[str, ...]
    spot: Spot | None
    household: UUID | None
    places: HouseholdPlaces | None

    @property
    def topic(self) -> str:
        return self.suggested if usable(self.topic_by, self.confidence) else ""


def sure_topic(case: Case) -> str:
    """The topic when it is more than a guess, else none."""
    return usable_topic(case.topic, case.topic_by, case.topic_confidence)


def gather(
    *, given: Content, actor: Actor, at: datetime, received_at: datetime, written_at: datetime | None,
    spot: Spot | None, area: str | None, household: UUID | None, urgent: bool, hazard: str, said_topic: str = "",
) -> Gathered:  # fmt: skip
    """`said_topic`: whoever reports chose it. Raises `cases.foreign_household`, `areas.unknown`, `cases.bad_place`,
    `cases.unknown_topic`.
    """
    at_hand, written = rules(), written_at or received_at
    occurred = written if received_at - KEPT_ON_PHONES <= written <= received_at else received_at
    urgency = judge(at_hand.hazards, flagged=urgent, hazard=hazard or None, text=given.text)
    topic, confidence, by, model = known_topic(said_topic) if said_topic else suggest(given.text, urgency)
    places = household_places(household, actor, occurred, at) if household else None
    chosen = (known_area(area),) if area else ()
    report = Whereabouts(
        county=at_hand.county,
        chosen=chosen,
        text=given.text,
        point=spot.point() if spot else None,
        accuracy=(spot.accuracy or 0.0) if spot else 0.0,
        household=places,
        grid=own_grid(actor, places),
    )
    return Gathered(
        received_at=received_at,
        written_at=written,
        occurred_at=occurred,
        language=language_of(given.text) or actor.language,
        urgency=urgency,
        suggested=topic,
        confidence=confidence,
        topic_by=by,
        model=model,
        kind=at_hand.topics.kind(topic if usable(by, confidence) else None),
        place=find_place(report, names=at_hand.gazetteer, known=at_hand.known),
        chosen=chosen,
        spot=_in_wgs84(spot),
        household=household,
        places=places,
    )


def for_service(facts: Gathered, owner: Owner) -> Gathered:
    """The same as a service: it lies where it is settled, whatever place its words name."""
    places = facts.places or HouseholdPlaces()
    home = (Basis.RESIDING, Basis.REGISTERED, Basis.CAMP)
    bases = (Basis.REGISTERED, *home) if owner is Owner.REGISTERED else home
    found = ((basis, getattr(places, basis.value)) for basis in bases)
    there = next((Place(area=area, basis=basis) for basis, area in found if area), facts.place)
    return replace(facts, kind=Kind.SERVICE, place=there)


def suggest(text: str, urgency: Urgency) -> Suggested:
    """What was learnt where it is sure, with no model the pack's words where they are; else a guess."""
    return suggest_for(text, urgency.hazard or "")


def suggest_for(text: str, hazard: str, also: Iterable[str] = ()) -> Suggested:
    """The same for words of which more is known (`also`, see `classifying.rows`).

    A model knows the pack's words and how far to trust them: where one sorts, they alone send nothing any more, but
    complaints, which no model learns from. A hazard has its topic unless words or model are sure of one.
    """
    found, said = rules().lexicon.suggest(text) if text else None, learnt(text, also)
    never_learnt = found is not None and rules().topics.kind(found.topic) is Kind.COMPLAINT
    if found and found.sure and (said is None or never_learnt):
        return Suggested(found.topic, found.confidence, Case.TopicBy.LEXICON)
    known = rules().hazards.by_code.get(hazard)
    if known and known.topic and not (said and said.sure):
        return Suggested(known.topic, None, Case.TopicBy.HAZARD)
    if said is not None and said.sure:
        return Suggested(said.topics[0], said.certainty, Case.TopicBy.MODEL, said.model)
    if said is not None and said.branch:
        return Suggested(said.branch, said.branch_certainty, Case.TopicBy.MODEL, said.model)
    if found is None:
        return Suggested("", None, Case.TopicBy.NONE)
    return Suggested(found.topic, None if said else found.confidence, Case.TopicBy.LEXICON)


def household_places(household: UUID, actor: Actor, written: datetime, at: datetime) -> HouseholdPlaces:
    """Where the household was when the report was written, if the actor served it then or serves it now."""
    try:
        households.require_written(household, actor, at, written)
    except Problem as problem:
        raise Problem(FOREIGN_HOUSEHOLD) from problem
    found = whereabouts_at(household, written, at)
    if found is None:
        raise Problem(FOREIGN_HOUSEHOLD)
    return found


def whereabouts_at(household: UUID, written: datetime, at: datetime) -> HouseholdPlaces | None:
    """Where it was when the report was written, else where it is now; None for a household nobody knows."""
    return place_of(household, written) or place_of(household, at)


def place_of(household: UUID, at: datetime) -> HouseholdPlaces | None:
    """Where it counts at `at`; None when nowhere."""
    found = households.areas_at(household, at)
    places = HouseholdPlaces(**{name: found.get(name) for name in ("registered", "residing", "camp")})
    return places if found else None


def own_grid(actor: Actor, places: HouseholdPlaces | None) -> str | None:
    """The liaison's grid area: the one the household is in, else the first; a village for those who serve one."""
    field = [p.area for p in actor.postings if p.role in (Role.LIAISON, Role.GRID_HEAD)]
    areas = field or [p.area for p in actor.postings if len(p.area) >= VILLAGE_DIGITS]
    at_home = {places.residing, places.registered, places.camp} if places else set()
    return next((area for area in areas if area in at_home), areas[0] if areas else None)


def known_topic(code: str) -> Suggested:
    """A topic a person chose. Raises `cases.unknown_topic`."""
    if code not in rules().topics.by_code:
        raise Problem(UNKNOWN_TOPIC)
    return Suggested(code, 1.0, Case.TopicBy.PERSON)


def known_area(code: str) -> str:
    """The code when such an area exists here. Raises `areas.unknown`."""
    if not Area.objects.filter(code=code).exists():
        raise Problem("areas.unknown")
    return code


def accused(person: UUID | None, unit: UUID | None, area: str, at: datetime) -> Accused:
    """Whom a complaint is about. Raises `not_found` for ids that are nobody, `areas.unknown`."""
    if person and not Person.objects.filter(id=person).exists():
        raise Problem("not_found")
    code = Unit.objects.filter(id=unit).values_list("code", flat=True).first() if unit else None
    if unit and code is None:
        raise Problem("not_found")
    serving = holding.serving(known_area(area), at) if area else frozenset()
    return Accused(frozenset({person} if person else ()) | serving, frozenset({code} if code else ()))


def office(name: str) -> UUID:
    """The id of an office named by code or id. Raises `not_found`: a complaint is never guessed about."""
    found = unit_named(name)
    if found is None:
        raise Problem("not_found")
    return found.id


def _in_wgs84(spot: Spot | None) -> Spot | None:
    if spot is None:
        return None
    point = spot.point()
    return replace(spot, lat=point.lat, lon=point.lon)

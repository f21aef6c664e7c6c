"""Routes a case again after its place, topic or text changed. Called inside an act."""

from __future__ import annotations

from datetime import datetime

from mulian.core.access import placing
from mulian.core.access.models import Placement
from mulian.kernel.geo import Point
from mulian.modules.cases.actions import clocks, spreading, writing
from mulian.modules.cases.actions.gathering import sure_topic, whereabouts_at
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.domain.place import HouseholdPlaces, Place, Whereabouts, find_place
from mulian.modules.cases.domain.receivers import Receiver, reroute, responsible
from mulian.modules.cases.domain.routing import route
from mulian.modules.cases.domain.states import UNSOLVED, State
from mulian.modules.cases.domain.topics import Kind
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.rules import rules


def route_again(opened: Opened, at: datetime) -> list[Receiver]:
    """New receivers come in, earlier ones stay informed; clocks follow the rules of the new place and topic.

    A solved case and one that somebody handed on keep their owner. An owner who never saw it before finds it
    takeable. A service stays where the pack settles it. Answers the receivers that are new.
    """
    case = opened.case
    if case.kind == Kind.SERVICE:
        clocks.reassess(case, at)
        return []
    places = whereabouts_at(case.household, case.occurred_at, at) if case.household else None
    place = _place(case, places)
    near = _around(case, place, places, at)
    fresh = route(place, near, household=places)
    state = State(case.state)
    before = responsible(opened.receivers).key
    keep_owner = case.handed_over or state not in UNSOLVED
    opened.receivers = reroute(opened.receivers, fresh.receivers, keep_owner=keep_owner)
    case.place, case.place_basis, case.area_id = place.area, place.basis, fresh.owner_area
    new = writing.change_receivers(case, opened.receivers, ground.roster(at), at)
    _place_again(case, opened, at)
    if responsible(opened.receivers).key != before and state in UNSOLVED and state != State.REPORTED:
        clocks.end_pause(case, at)
        writing.enter(case, State.REPORTED, at)
    clocks.reassess(case, at)
    return new


def _place(case: Case, places: HouseholdPlaces | None) -> Place:
    at_hand = rules()
    point = Point(case.lat, case.lon) if case.lat is not None and case.lon is not None else None
    report = Whereabouts(
        county=at_hand.county,
        chosen=tuple(case.place_chosen),
        text=case.text,
        point=point,
        accuracy=case.accuracy or 0.0,
        household=places,
        grid=_reported_area(case),
    )
    return find_place(report, names=at_hand.gazetteer, known=at_hand.known)


def _reported_area(case: Case) -> str | None:
    rows = Placement.objects.filter(subject_kind="case", subject_id=case.id, counts_as=Placement.As.REPORTED)
    return rows.values_list("area_id", flat=True).first()


def _around(case: Case, place: Place, places: HouseholdPlaces | None, at: datetime) -> ground.Surroundings:
    areas = [place.area, *place.also]
    if places:
        areas += [area for area in (places.registered, places.residing) if area]
    return ground.around(
        rules=rules(),
        areas=dict.fromkeys(areas),
        topic=sure_topic(case) or None,
        at=at,
        accused=holding.accused_of(case),
    )


def _place_again(case: Case, opened: Opened, at: datetime) -> None:
    """Offices whose people see single topics need the new one."""
    places = spreading.places_of(
        opened.receivers, topic=sure_topic(case), topics=rules().topics, held=ground.roster(at)
    )
    placing.place(kind=spreading.KIND, id=case.id, places=places, at=at)

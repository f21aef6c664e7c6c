"""A made-up county of two townships and five villages, and its staff, for the tables of the case rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.kernel.actor import Role
from mulian.modules.cases.domain.place import Basis, HouseholdPlaces, Place
from mulian.modules.cases.domain.receivers import Receiver
from mulian.modules.cases.domain.routing import Routing, route
from mulian.modules.cases.domain.staffing import Accused, Officer, Staffing, Unit
from mulian.modules.cases.domain.surroundings import Surroundings
from mulian.modules.cases.domain.topics import Follows, Here, Kind, Topic, Topics

COUNTY, T1, T2 = "990001", "990001100", "990001200"
V1, V2, V3, TOWN, V5 = (*(f"{T1}20{n}" for n in (1, 2, 3)), f"{T2}001", f"{T2}202")
G1, G1B = f"{V1}G001", f"{V1}G002"
BEYOND = "990002100201"

TOPICS = Topics(
    {
        topic.code: topic
        for topic in (
            Topic(code="road", departments=("dept.transport",)),
            Topic(code="road.bridge", parent="road", departments=("dept.transport", "dept.water")),
            Topic(code="herd", follows=Follows.PLACE),
            Topic(code="herd.disease", parent="herd", at_once=("dept.vet", "dept.farm")),
            Topic(code="fire", at_once=("dept.emergency",), departments=("dept.emergency",)),
            Topic(
                code="waste",
                departments=("dept.housing",),
                overrides=(Here(areas=(T1,), departments=("dept.water",), at_once=("dept.water",)),),
            ),
            Topic(code="social", follows=Follows.PERSON, departments=("dept.civil",)),
            Topic(code="social.pension", parent="social"),
            Topic(code="complaint", kind=Kind.COMPLAINT),
            Topic(code="thanks", kind=Kind.THANKS),
        )
    }
)
UNITS = (
    *(Unit(f"village:{code}", "village", code) for code in (V1, V2, V3, TOWN, V5)),
    *(Unit(f"township:{code}", "township", code) for code in (T1, T2)),
    Unit("county_centre", "county_centre", COUNTY),
    *(
        Unit(f"dept.{name}", "department", COUNTY)
        for name in ("transport", "water", "vet", "farm", "emergency", "civil", "housing")
    ),
)
ROLES = {
    "village": Role.VILLAGE_LEAD,
    "township": Role.TOWNSHIP_OFFICER,
    "county_centre": Role.COUNTY_DUTY,
    "department": Role.DEPARTMENT_OFFICER,
}


def person(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


STAFF: tuple[Officer, ...] = (
    *(Officer(person=person(u.code), role=ROLES[u.kind], area=u.area, unit=u.code) for u in UNITS),
    Officer(person=person("leader"), role=Role.LEADER, area=COUNTY, on_duty=True),
    Officer(person=person("second leader"), role=Role.LEADER, area=COUNTY),
    Officer(person=person(f"head {G1}"), role=Role.GRID_HEAD, area=G1),
    Officer(person=person(f"head {G1B}"), role=Role.GRID_HEAD, area=G1B),
    Officer(person=person(f"head {V2}"), role=Role.GRID_HEAD, area=V2),
)
NAMES = {officer.person: officer.unit for officer in STAFF} | {
    person(name): name for name in ("leader", "second leader", f"head {G1}", f"head {G1B}", f"head {V2}")
}


def staffing(
    *,
    vacant: Iterable[str] = (),
    leave: dict[str, str | None] | None = None,
    more: Iterable[Officer] = (),
    open_cases: dict[str, int] | None = None,
) -> Staffing:
    """The whole staff without the vacant posts; `leave` maps who is away to their deputy, `open_cases` their load."""
    away = {person(name): deputy for name, deputy in (leave or {}).items()}
    gone = {person(name) for name in vacant}
    kept = [
        replace(o, on_leave=True, deputy=_deputy(away[o.person])) if o.person in away else o
        for o in (*STAFF, *more)
        if o.person not in gone
    ]
    return Staffing.of(UNITS, kept, {person(name): count for name, count in (open_cases or {}).items()})


def _deputy(name: str | None) -> UUID | None:
    return person(name) if name else None


def around(
    topic: str | None = "road",
    *,
    staff: Staffing | None = None,
    about: Iterable[str] = (),
    persons: Iterable[str] = (),
) -> Surroundings:
    """The county with everybody at their post, unless said otherwise."""
    accused = Accused(frozenset(person(name) for name in persons), frozenset(about))
    return Surroundings(
        county=COUNTY, topics=TOPICS, staffing=staff or staffing(), topic=topic, accused=accused
    )


def at(area: str, *also: str) -> Place:
    return Place(area=area, also=also, basis=Basis.CHOSEN)


def routed(
    area: str,
    surroundings: Surroundings | None = None,
    *,
    also: tuple[str, ...] = (),
    home: HouseholdPlaces | None = None,
) -> Routing:
    return route(at(area, *also), surroundings or around(), household=home)


def who(receiver: Receiver) -> str:
    """A receiver in short: its unit, else the name of the person."""
    return receiver.unit or (NAMES.get(receiver.person) or "?" if receiver.person else "nobody")

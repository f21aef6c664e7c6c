"""Runs the rows of a pack's tests.toml: "a report on a broken bridge in village X reaches A, B and the
county".

Staffing is idealised: one officer in every unit and one leader of the county, except in the units a row
calls vacant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.core.packs.pack import Pack, Table
from mulian.kernel.actor import Role
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.hazards import judge
from mulian.modules.cases.domain.place import HouseholdPlaces, Whereabouts, find_place
from mulian.modules.cases.domain.receivers import Receiver
from mulian.modules.cases.domain.routing import Routing, route
from mulian.modules.cases.domain.settling import settle
from mulian.modules.cases.domain.staffing import Accused, Level, Officer, Staffing, Unit
from mulian.modules.cases.domain.surroundings import Surroundings
from mulian.modules.cases.pack.reading import CaseRules, rules_of

BEYOND = "999999"
"""Stands for any place outside the county."""
LEADER = "leader"
"""How a row names a leader, who has no unit."""
_ROLES = {
    "village": Role.VILLAGE_LEAD,
    "township": Role.TOWNSHIP_OFFICER,
    "county_centre": Role.COUNTY_DUTY,
    "department": Role.DEPARTMENT_OFFICER,
}


@dataclass(frozen=True)
class Failure:
    """A row that came out differently, or could not be run."""

    name: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.name}: expected {self.expected}, got {self.got}"


def run_rows(pack: Pack) -> list[Failure]:
    """All rows of tests.toml that fail."""
    try:
        rules = rules_of(pack)
    except Problem as problem:
        return [Failure("the pack", "readable rules", str(problem.params["errors"]))]
    return [failure for row in pack.part("tests").get("case", ()) for failure in _run(row, rules)]


def route_row(row: Table, rules: CaseRules) -> Routing:
    """What the rules make of a row: topic (stated, or one the lexicon is sure of), place, receivers."""
    household = HouseholdPlaces(**row["household"]) if row.get("household") else None
    place = find_place(_whereabouts(row, rules, household), names=rules.gazetteer, known=rules.known)
    accused = Accused(units=frozenset({row["about"]})) if row.get("about") else Accused()
    around = Surroundings(
        county=rules.county,
        topics=rules.topics,
        staffing=ideal_staffing(rules.units, rules.county, vacant=row.get("vacant", ())),
        topic=topic_of(row, rules),
        accused=accused,
        orders=rules.ladders.rules_for(place.area).orders,
    )
    if row.get("service") and household:
        return settle(rules.services[row["service"]], household, around)
    return route(place, around, household=household)


def topic_of(row: Table, rules: CaseRules) -> str | None:
    """The stated topic, else the service's, else the one the lexicon is sure of, else the one of the hazard."""
    if row.get("topic"):
        return str(row["topic"])
    if row.get("service"):
        return rules.services[row["service"]].topic or None
    suggestion = rules.lexicon.suggest(row.get("text", ""))
    if suggestion and suggestion.sure:
        return suggestion.topic
    hazard = judge(rules.hazards, hazard=row.get("hazard"), text=row.get("text", "")).hazard
    return rules.hazards.by_code[hazard].topic if hazard else None


def ideal_staffing(units: Iterable[Unit], county: str, *, vacant: Iterable[str] = ()) -> Staffing:
    """One officer in each unit that is not vacant, and one leader of the county."""
    listed, empty = tuple(units), set(vacant)
    officers = [
        Officer(person=_person(unit.code), role=_ROLES[unit.kind], area=unit.area, unit=unit.code)
        for unit in listed
        if unit.code not in empty
    ]
    if LEADER not in empty:
        officers.append(Officer(person=_person(LEADER), role=Role.LEADER, area=county, on_duty=True))
    return Staffing.of(listed, officers)


def named(receiver: Receiver) -> str:
    """How a row writes a receiver."""
    return receiver.unit or (LEADER if receiver.level is Level.LEADER else receiver.area)


def _run(row: Table, rules: CaseRules) -> Iterable[Failure]:
    name = str(row.get("name", "?"))
    if row.get("topic") and row.get("text"):
        suggestion = rules.lexicon.suggest(row["text"])
        if suggestion is None or suggestion.topic != row["topic"]:
            yield Failure(name, f"topic {row['topic']}", suggestion.topic if suggestion else "none")
    routing = route_row(row, rules)
    expected, got = sorted(row["receivers"]), sorted(named(each) for each in routing.receivers)
    if expected != got:
        yield Failure(name, f"receivers {', '.join(expected)}", ", ".join(got))
    holder = named(routing.responsible)
    if holder != row["responsible"]:
        yield Failure(name, f"responsible {row['responsible']}", holder)


def _whereabouts(row: Table, rules: CaseRules, household: HouseholdPlaces | None) -> Whereabouts:
    """`village` is where the liaison who reports serves; `township` and `beyond` were set by a person."""
    set_by_hand = BEYOND if row.get("beyond") else row.get("township")
    return Whereabouts(
        county=rules.county,
        chosen=(set_by_hand,) if set_by_hand else (),
        text=row.get("text", ""),
        household=household,
        grid=row.get("village"),
    )


def _person(code: str) -> UUID:
    return uuid5(NAMESPACE_URL, code)

"""What stays the same while one case is routed and handed on, and the acts of telling one unit or person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mulian.kernel.actor import Role
from mulian.modules.cases.domain.choosing import Chosen, choose, choose_leader
from mulian.modules.cases.domain.receivers import SERVICE, Reason, Receiver, Standing
from mulian.modules.cases.domain.staffing import (
    NOBODY,
    Accused,
    Level,
    Staffing,
    Unit,
    township_of,
    units_accused,
    village_of,
)
from mulian.modules.cases.domain.topics import Topics

ORDERS = (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.DEPARTMENT)
"""The order of levels where the pack states no other."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What stays the same while one case is routed or handed on."""

    county: str
    topics: Topics
    staffing: Staffing
    topic: str | None = None
    accused: Accused = NOBODY
    orders: tuple[Level, ...] = ORDERS

    @property
    def lineage(self) -> tuple[str, ...]:
        return self.topics.ancestors(self.topic)

    @property
    def barred(self) -> frozenset[str]:
        """Units that must not receive it."""
        return units_accused(self.accused, self.staffing)


def units_at(level: Level, area: str, around: Surroundings) -> list[Unit]:
    staffing = around.staffing
    if level is Level.DEPARTMENT:
        named = around.topics.departments(around.topic, area)
        return [staffing.units[code] for code in named if code in staffing.units]
    if level is Level.COUNTY:
        found = staffing.unit_at("county_centre", around.county)
    elif level is Level.TOWNSHIP:
        found = staffing.unit_at("township", township_of(area) or "")
    else:
        found = staffing.unit_at("village", village_of(area) or "")
    return [found] if found else []


def pick(unit: Unit, around: Surroundings) -> Chosen | None:
    members = around.staffing.members(unit.code)
    return choose(members, topics=around.lineage, accused=around.accused, staffing=around.staffing)


def leader_for(area: str, around: Surroundings, standing: Standing, reason: Reason) -> Receiver | None:
    barred = Accused(around.accused.persons, around.barred)
    chosen = choose_leader(
        county=around.county, accused=barred, staffing=around.staffing, beside=township_of(area)
    )
    return person_receiver(chosen.person, Role.LEADER, chosen.area, standing, reason) if chosen else None


def unit_receiver(unit: Unit, chosen: Chosen | None, standing: Standing, reason: Reason) -> Receiver:
    stands_in = chosen.deputises_for if chosen else None
    plain = reason in (Reason.PLACE, Reason.REGISTERED, Reason.RESIDING, Reason.SECOND_PLACE, *SERVICE)
    return Receiver(
        area=unit.area,
        unit=unit.code,
        level=unit.level,
        person=chosen.person if chosen else None,
        role=chosen.role if chosen else None,
        standing=standing,
        reason=Reason.DEPUTY if stands_in and plain else reason,
        deputises_for=stands_in,
    )


def person_receiver(person: UUID, role: Role, area: str, standing: Standing, reason: Reason) -> Receiver:
    level = Level.LEADER if role is Role.LEADER else None
    return Receiver(area=area, person=person, role=role, standing=standing, reason=reason, level=level)

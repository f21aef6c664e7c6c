"""Who can act in which unit: the people as routing sees them at one moment.

Facts come in as data; the caller resolves postings, leave and duty rota for the moment of the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from mulian.kernel.actor import Role

COUNTY_DIGITS, TOWNSHIP_DIGITS, VILLAGE_DIGITS = 6, 9, 12
"""Length of the official code of each level; our own parts below the village only make it longer."""


class Level(StrEnum):
    """Where a unit stands in the ladder; a leader is a person, not a unit."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    DEPARTMENT = "department"
    LEADER = "leader"


_LEVEL_OF_KIND = {
    "village": Level.VILLAGE,
    "township": Level.TOWNSHIP,
    "county_centre": Level.COUNTY,
    "department": Level.DEPARTMENT,
}


@dataclass(frozen=True)
class Unit:
    """An office: its pack code, kind (village, township, county_centre, department) and area."""

    code: str
    kind: str
    area: str

    @property
    def level(self) -> Level:
        return _LEVEL_OF_KIND[self.kind]


@dataclass(frozen=True, kw_only=True)
class Officer:
    """A person holding a post now. `unit` is a unit code; grid heads and some leaders have none."""

    person: UUID
    role: Role
    area: str
    unit: str | None = None
    topics: frozenset[str] = frozenset()
    on_duty: bool = False
    on_leave: bool = False
    deputy: UUID | None = None

    @property
    def heads(self) -> str | None:
        """The unit this person heads: a village lead the village, a leader the unit of the posting."""
        return self.unit if self.role in (Role.VILLAGE_LEAD, Role.LEADER) else None


@dataclass(frozen=True)
class Accused:
    """Whom a complaint is about: they never receive it, nor do the units they are or head."""

    persons: frozenset[UUID] = frozenset()
    units: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.persons or self.units)


NOBODY = Accused()


@dataclass(frozen=True)
class Staffing:
    """Units and officers, indexed. Only those near the case are needed: its line, departments and leaders.

    `open_cases` counts for those who could be chosen; who is not in it holds none. `absent`: persons on leave.
    """

    units: Mapping[str, Unit]
    officers: tuple[Officer, ...]
    open_cases: dict[UUID, int] = field(default_factory=dict)
    _by_unit: dict[str, list[Officer]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_place: dict[tuple[str, str], str] = field(init=False, repr=False, compare=False, default_factory=dict)
    absent: set[UUID] = field(init=False, repr=False, compare=False, default_factory=set)

    def __post_init__(self) -> None:
        for officer in self.officers:
            if officer.on_leave:
                self.absent.add(officer.person)
            if officer.unit:
                self._by_unit.setdefault(officer.unit, []).append(officer)
        for unit in self.units.values():
            self._by_place.setdefault((unit.kind, unit.area), unit.code)

    @classmethod
    def of(
        cls,
        units: Iterable[Unit],
        officers: Iterable[Officer],
        open_cases: dict[UUID, int] | None = None,
    ) -> Staffing:
        """From any iterables of units and officers."""
        load = {} if open_cases is None else open_cases
        return cls({unit.code: unit for unit in units}, tuple(officers), load)

    def unit_at(self, kind: str, area: str) -> Unit | None:
        """The unit of that kind for exactly that area."""
        code = self._by_place.get((kind, area))
        return self.units[code] if code else None

    def members(self, unit: str) -> list[Officer]:
        """The officers of a unit who work on cases (leaders of a unit read and supervise)."""
        return [each for each in self._by_unit.get(unit, []) if each.role is not Role.LEADER]

    def in_role(self, role: Role) -> Iterator[Officer]:
        """Everybody holding the role."""
        return (officer for officer in self.officers if officer.role is role)

    def person(self, person: UUID) -> Officer | None:
        """Some post of that person, for their load; None for people outside the staffing."""
        return next((officer for officer in self.officers if officer.person == person), None)


def units_accused(accused: Accused, staffing: Staffing) -> frozenset[str]:
    """The units a complaint must not reach: those named, those headed by, and those of nobody but, people named."""
    if not accused:
        return frozenset()
    named = [officer for officer in staffing.officers if officer.person in accused.persons]
    headed = {officer.heads for officer in named if officer.heads}
    alone = {
        officer.unit
        for officer in named
        if officer.unit and all(each.person in accused.persons for each in staffing.members(officer.unit))
    }
    return accused.units | headed | alone


def county_of(area: str) -> str:
    return area[:COUNTY_DIGITS]


def township_of(area: str) -> str | None:
    return area[:TOWNSHIP_DIGITS] if len(area) >= TOWNSHIP_DIGITS else None


def village_of(area: str) -> str | None:
    return area[:VILLAGE_DIGITS] if len(area) >= VILLAGE_DIGITS else None

"""The ground a case is routed on: offices, posts, leave, duty rota and load, at one moment.

Offices and posts are kept in the process and checked by one number; rota and load are read fresh. The
number of statements never grows with the county.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Q

from mulian.core.access import version
from mulian.core.access.models import DutyShift, Leave
from mulian.core.access.models import Posting as PostingRow
from mulian.core.areas.codes import lineage
from mulian.core.areas.models import Unit as UnitRow
from mulian.core.database.batch import remembered
from mulian.core.database.quick import fetch, key, moment, slots, uuid
from mulian.kernel.actor import Role
from mulian.modules.cases.domain.staffing import NOBODY, Accused, Officer, Staffing, Unit, village_of
from mulian.modules.cases.domain.states import OPEN
from mulian.modules.cases.domain.surroundings import Surroundings

if TYPE_CHECKING:
    from mulian.modules.cases.pack import CaseRules

WORKING = (
    Role.VILLAGE_LEAD, Role.TOWNSHIP_OFFICER, Role.COUNTY_DUTY, Role.DEPARTMENT_OFFICER, Role.LEADER, Role.GRID_HEAD,
)  # fmt: skip

ROAMING = (Role.GRID_HEAD, Role.LEADER)
T = TypeVar("T")


@dataclass(frozen=True)
class Roster:
    """Offices and posts as they hold in [since, until): no load, no rota. `ids` are unit ids by code.

    `local`: codes of offices (not departments) by area. `staff`: positions in `officers` by office; `roaming`:
    those of grid heads and leaders, whom an area or the county concerns.
    """

    units: Mapping[str, Unit]
    ids: Mapping[str, UUID]
    codes: Mapping[UUID, str]
    officers: tuple[Officer, ...]
    since: datetime
    until: datetime | None
    local: Mapping[str, tuple[str, ...]]
    staff: Mapping[str, tuple[int, ...]]
    roaming: tuple[int, ...]


_cache: dict[str, tuple[int, int, Roster]] = {}


def roster(at: datetime) -> Roster:
    """The roster at a moment; read again when people, posts, leave or the number of offices changed."""
    return remembered(("cases.roster", at), lambda: _fresh(at))


def _fresh(at: datetime) -> Roster:
    access, offices = version.current(), UnitRow.objects.count()
    found = _cache.get("roster")
    if found and found[:2] == (access, offices) and _holds(found[2], at):
        return found[2]
    loaded = _load(at)
    _cache["roster"] = (access, offices, loaded)
    return loaded


def _holds(held: Roster, at: datetime) -> bool:
    return held.since <= at and (held.until is None or at < held.until)


def _load(at: datetime) -> Roster:
    rows = list(UnitRow.objects.filter(valid_to__isnull=True))
    codes = {row.id: row.code for row in rows}
    posts = list(PostingRow.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), role__in=WORKING))
    leaves = list(Leave.objects.filter(ends__gt=at).select_related("posting"))
    away = {leave.posting_id: leave for leave in leaves if leave.starts <= at}
    held = [post for post in posts if post.valid_from <= at]
    moments = [m for p in posts for m in (p.valid_from, p.valid_to) if m and m > at]
    moments += [m for leave in leaves for m in (leave.starts, leave.ends) if m > at]
    officers = tuple(_officer(post, codes, away.get(post.id)) for post in held)
    return Roster(
        units={row.code: Unit(row.code, row.kind, row.area_id) for row in rows},
        ids={row.code: row.id for row in rows},
        codes=codes,
        officers=officers,
        since=at,
        until=min(moments, default=None),
        local=_grouped((row.area_id, row.code) for row in rows if row.kind != "department"),
        staff=_grouped((each.unit, n) for n, each in enumerate(officers) if each.unit),
        roaming=tuple(n for n, each in enumerate(officers) if each.role in ROAMING),
    )


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _officer(post: PostingRow, codes: Mapping[UUID, str], leave: Leave | None) -> Officer:
    return Officer(
        person=post.person_id,
        role=Role(post.role),
        area=post.area_id,
        unit=codes.get(post.unit_id) if post.unit_id else None,
        topics=frozenset(post.topics),
        on_leave=leave is not None,
        deputy=leave.deputy_id if leave else None,
    )


def around(
    *,
    rules: CaseRules,
    areas: Iterable[str],
    topic: str | None,
    at: datetime,
    accused: Accused = NOBODY,
    also: Iterable[str] = (),
) -> Surroundings:
    """All that routing and handing on need near these areas; `also` are further unit codes in question."""
    wanted = _Wanted(tuple(areas), topic, accused, tuple(also))
    staffing, rivals = remembered(("cases.staffing", at, wanted), lambda: _staffing(rules, wanted, at))
    _count(rivals, staffing.open_cases)
    areas = wanted.areas
    return Surroundings(
        county=rules.county,
        topics=rules.topics,
        staffing=staffing,
        topic=topic or None,
        accused=accused,
        orders=rules.ladders.rules_for(areas[0] if areas else rules.county).orders,
    )


@dataclass(frozen=True)
class _Wanted:
    """What a case asks of the roster."""

    areas: tuple[str, ...]
    topic: str | None
    accused: Accused
    also: tuple[str, ...]


_near_cache: dict[_Wanted, tuple[CaseRules, Roster, dict[str, Unit], list[Officer]]] = {}
"""Reports of one place and topic ask the same: kept as long as rules and roster are the same."""
KEPT = 2000
LOAD = "cases.load"
"""What a batch remembers: open cases of the people it asked for."""


def _concerned(rules: CaseRules, held: Roster, wanted: _Wanted) -> tuple[dict[str, Unit], list[Officer]]:
    """Offices and people near the areas, on the topic's list, or named; without rota and load."""
    found = _near_cache.get(wanted)
    if found is not None and found[0] is rules and found[1] is held:
        return found[2], found[3]
    areas = wanted.areas
    units = _near(held, {step for area in areas for step in (*lineage(area), rules.county)})
    named = {*wanted.also, *wanted.accused.units}
    for area in areas:
        named |= {*rules.topics.departments(wanted.topic, area), *rules.topics.at_once(wanted.topic, area)}
    units |= {code: held.units[code] for code in named if code in held.units}
    officers = _officers(held, units, set(areas), wanted.accused)
    units |= {o.unit: held.units[o.unit] for o in officers if o.unit}
    if len(_near_cache) >= KEPT:
        _near_cache.clear()
    _near_cache[wanted] = (rules, held, units, officers)
    return units, officers


def _near(held: Roster, areas: set[str]) -> dict[str, Unit]:
    return {code: held.units[code] for area in sorted(areas) for code in held.local.get(area, ())}


def _officers(held: Roster, units: Mapping[str, Unit], areas: set[str], accused: Accused) -> list[Officer]:
    villages = {village_of(area) or area for area in areas}

    def concerns(officer: Officer) -> bool:
        if officer.role is Role.GRID_HEAD:
            return any(area.startswith(officer.area) for area in areas) or officer.area[:12] in villages
        return officer.unit in units or officer.role is Role.LEADER or officer.person in accused.persons

    near = {n for unit in units for n in held.staff.get(unit, ())} | set(held.roaming)
    if accused.persons:
        near |= {n for n, each in enumerate(held.officers) if each.person in accused.persons}
    return [officer for officer in map(held.officers.__getitem__, sorted(near)) if concerns(officer)]


def _staffing(rules: CaseRules, wanted: _Wanted, at: datetime) -> tuple[Staffing, set[UUID]]:
    """Who is there, marked who is on duty, and of whom the load decides."""
    units, officers = _concerned(rules, roster(at), wanted)
    duty = remembered(("cases.duty", at), lambda: _on_duty(at))
    marked = [replace(o, on_duty=True) if o.person in duty else o for o in officers]
    rivals = _rivals(marked)
    if rivals:
        rivals |= {o.person for o in marked if o.on_leave}
    return Staffing.of(units.values(), marked, remembered(LOAD, dict)), rivals


def _on_duty(at: datetime) -> set[UUID]:
    statement = "SELECT person_id FROM access_dutyshift WHERE kind = %s AND starts <= %s AND ends > %s"
    return {uuid(row[0]) for row in fetch(statement, [DutyShift.Kind.DUTY.value, moment(at), moment(at)])}


def _count(persons: set[UUID], load: dict[UUID, int]) -> None:
    """Adds the open cases of these people; within a batch each is counted once and carried on by `assigned`."""
    unknown = persons - load.keys()
    if unknown:
        load |= _counted(unknown)


def _counted(persons: set[UUID]) -> dict[UUID, int]:
    """The states stand in the text, because SQLite uses the index of open cases only then."""
    states = ", ".join(f"'{state.value}'" for state in sorted(OPEN))
    rows = fetch(
        f"SELECT responsible_person_id, COUNT(*) FROM cases_case WHERE state IN ({states})"
        f" AND responsible_person_id IN {slots(len(persons))} GROUP BY responsible_person_id",
        [key(person) for person in persons],
    )
    return dict.fromkeys(persons, 0) | {uuid(person): count for person, count in rows}


def assigned(person: UUID | None) -> None:
    """A case of this batch went to a person, though it is not written yet."""
    held: dict[UUID, int] = remembered(LOAD, dict)
    if person in held:
        held[person] += 1


def _rivals(officers: list[Officer]) -> set[UUID]:
    """People of units where nobody is on duty and more than one could take the case."""
    by_unit: dict[str, list[Officer]] = {}
    for officer in officers:
        if officer.unit and officer.role is not Role.LEADER and not officer.on_leave:
            by_unit.setdefault(officer.unit, []).append(officer)
    open_units = [
        group for group in by_unit.values() if len(group) > 1 and sum(o.on_duty for o in group) != 1
    ]
    leaders = [o for o in officers if o.role is Role.LEADER and not o.on_leave]
    groups = [*open_units, leaders] if len(leaders) > 1 else open_units
    return {o.person for group in groups for o in group}

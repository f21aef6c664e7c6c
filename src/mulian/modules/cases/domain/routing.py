"""Routing: exactly who receives a case, and why (DESIGN §3, rules 1-4 and 7).

At once: the unit of the village and the county centre, a helper's or second village, departments the pack
names for the topic, and the grid heads of the place as informed. One unit and person is responsible; where
the post is vacant the next level up is, and the gap is listed. A complaint never reaches the one complained
about nor a unit they head: it starts above them, and nobody below them is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mulian.kernel.actor import Role
from mulian.modules.cases.domain.choosing import choose_leader
from mulian.modules.cases.domain.place import HouseholdPlaces, Place
from mulian.modules.cases.domain.receivers import (
    SERVICE,
    Reason,
    Receiver,
    Receivers,
    Standing,
    responsible,
    strongest,
)
from mulian.modules.cases.domain.staffing import VILLAGE_DIGITS, Level, Unit, township_of, village_of
from mulian.modules.cases.domain.surroundings import (
    Surroundings,
    leader_for,
    person_receiver,
    pick,
    unit_receiver,
    units_at,
)
from mulian.modules.cases.domain.topics import Follows


@dataclass(frozen=True)
class Gap:
    """A post that nobody could fill when a case needed it; listed for the county."""

    unit: str
    area: str


@dataclass(frozen=True, kw_only=True)
class Routing:
    """The outcome: receivers (responsible first), gaps, the owning area and those that help."""

    receivers: Receivers
    gaps: tuple[Gap, ...]
    owner_area: str
    helper_areas: tuple[str, ...] = ()

    @property
    def responsible(self) -> Receiver:
        return responsible(self.receivers)


class Sides(NamedTuple):
    """The area that owns a case and those that help, each with its reason."""

    owner: str
    helpers: tuple[str, ...]
    why: Reason
    why_help: Reason


def route(place: Place, around: Surroundings, *, household: HouseholdPlaces | None = None) -> Routing:
    """Everybody who gets the case with the first report."""
    return route_between(_areas(place, around, household), around)


def route_between(sides: Sides, around: Surroundings) -> Routing:
    """Everybody who gets a case whose sides are known."""
    owner, helpers, why, why_help = sides
    gaps: list[Gap] = []
    told = [_responsible(owner, why, around, gaps)]
    if watcher := _watcher(around, gaps):
        told.append(watcher)
    for area in helpers:
        if helper := _helper(area, why_help, around, gaps):
            told.append(helper)
    told += _departments_at_once(owner, around, gaps)
    told += _grid_heads((owner, *helpers), around)
    told += _empty_posts(gaps, around)
    return Routing(
        receivers=strongest(told),
        gaps=tuple(dict.fromkeys(gaps)),
        owner_area=owner,
        helper_areas=helpers,
    )


def _areas(place: Place, around: Surroundings, household: HouseholdPlaces | None) -> Sides:
    """Owner and helpers: a person's matter follows the register and is helped where they live."""
    follows_person = around.topics.follows(around.topic) is Follows.PERSON
    if follows_person and household and household.registered:
        owner, residing = household.registered, household.residing
        helpers = (residing,) if residing and village_of(residing) != village_of(owner) else ()
        return Sides(owner, helpers, Reason.REGISTERED, Reason.RESIDING)
    others = tuple(area for area in place.also if village_of(area) != village_of(place.area))
    return Sides(place.area, others, Reason.PLACE, Reason.SECOND_PLACE)


def _line(area: str, around: Surroundings) -> list[tuple[Level, Unit]]:
    """The units from the village up to the county centre that exist for this place."""
    levels = (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY)
    return [(level, unit) for level in levels for unit in units_at(level, area, around)]


def _floor(around: Surroundings) -> int:
    """How low in village < township < county a complaint may start: above every unit accused.

    A person who heads nothing is judged in their own unit by somebody else there, but never below it.
    """
    if not around.accused:
        return 0
    rank = {Level.VILLAGE: 0, Level.TOWNSHIP: 1, Level.COUNTY: 2, Level.DEPARTMENT: 1}
    units = around.staffing.units
    over = [rank[units[code].level] + 1 for code in around.barred if code in units]
    own = [
        rank[units[each.unit].level]
        for each in around.staffing.officers
        if each.unit
        and each.unit in units
        and each.person in around.accused.persons
        and each.unit not in around.barred
    ]
    return max([0, *over, *own])


def _responsible(owner: str, why: Reason, around: Surroundings, gaps: list[Gap]) -> Receiver:
    inside = owner.startswith(around.county)
    floor = _floor(around)
    reason = _known_to(owner, why) if inside else Reason.BEYOND_COUNTY
    if around.accused and floor > (0 if village_of(owner) else 1 if township_of(owner) else 2):
        reason = Reason.CONFLICT
    for rank, (_, unit) in enumerate(_padded(owner, around)):
        if unit is None or rank < floor or unit.code in around.barred:
            continue
        if chosen := pick(unit, around):
            return unit_receiver(unit, chosen, Standing.RESPONSIBLE, reason)
        gaps.append(Gap(unit.code, unit.area))
        reason = reason if reason is Reason.CONFLICT else Reason.POST_VACANT
    return _last_resort(owner, reason, around)


def _padded(area: str, around: Surroundings) -> Iterator[tuple[Level, Unit | None]]:
    found = dict(_line(area, around))
    for level in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY):
        yield level, found.get(level)


def _last_resort(owner: str, reason: Reason, around: Surroundings) -> Receiver:
    """A leader; without one the county centre itself, unless it is complained about: then the bare county."""
    if leader := leader_for(owner, around, Standing.RESPONSIBLE, reason):
        return leader
    centre = around.staffing.unit_at("county_centre", around.county)
    if centre and centre.code not in around.barred:
        return unit_receiver(centre, None, Standing.RESPONSIBLE, reason)
    return Receiver(area=around.county, standing=Standing.RESPONSIBLE, reason=reason, level=Level.LEADER)


def _watcher(around: Surroundings, gaps: list[Gap]) -> Receiver | None:
    """The county centre watches from the start; complained about, a leader does in its place."""
    centre = around.staffing.unit_at("county_centre", around.county)
    if centre is None:
        return None
    if centre.code in around.barred:
        return leader_for(around.county, around, Standing.WATCHING, Reason.CONFLICT)
    chosen = pick(centre, around)
    if chosen is None:
        gaps.append(Gap(centre.code, centre.area))
        chosen = choose_leader(county=around.county, accused=around.accused, staffing=around.staffing)
        return unit_receiver(centre, chosen, Standing.WATCHING, Reason.POST_VACANT)
    return unit_receiver(centre, chosen, Standing.WATCHING, Reason.COUNTY_WATCHES)


def _helper(area: str, why: Reason, around: Surroundings, gaps: list[Gap]) -> Receiver | None:
    floor, reason = _floor(around), why
    for rank, (level, unit) in enumerate(_padded(area, around)):
        if unit is None or level is Level.COUNTY:
            continue
        if rank < floor or unit.code in around.barred:
            reason = Reason.CONFLICT
            continue
        if chosen := pick(unit, around):
            return unit_receiver(unit, chosen, Standing.HELPER, reason)
        gaps.append(Gap(unit.code, unit.area))
        reason = Reason.POST_VACANT
    return None


def _departments_at_once(owner: str, around: Surroundings, gaps: list[Gap]) -> list[Receiver]:
    told = []
    for code in around.topics.at_once(around.topic, owner):
        unit = around.staffing.units.get(code)
        if unit is None or code in around.barred:
            continue
        chosen = pick(unit, around)
        if chosen is None:
            gaps.append(Gap(unit.code, unit.area))
        told.append(unit_receiver(unit, chosen, Standing.INFORMED, Reason.DEPARTMENT_AT_ONCE))
    return told


def _empty_posts(gaps: list[Gap], around: Surroundings) -> list[Receiver]:
    """A vacant unit stays told, so that whoever takes up the post finds the case there."""
    units = around.staffing.units
    return [
        unit_receiver(units[gap.unit], None, Standing.INFORMED, Reason.POST_VACANT)
        for gap in gaps
        if gap.unit not in around.barred
    ]


def _grid_heads(areas: tuple[str, ...], around: Surroundings) -> list[Receiver]:
    """Heads of the grids the place lies in, at village level or below; none are told of a complaint."""
    if around.accused:
        return []
    return [
        person_receiver(each.person, Role.GRID_HEAD, each.area, Standing.INFORMED, Reason.GRID_HEAD)
        for each in around.staffing.in_role(Role.GRID_HEAD)
        if len(each.area) >= VILLAGE_DIGITS and any(area.startswith(each.area) for area in areas)
    ]


def _known_to(area: str, why: Reason) -> Reason:
    if village_of(area) or why in SERVICE:
        return why
    return Reason.KNOWN_TO_TOWNSHIP if township_of(area) else Reason.KNOWN_TO_COUNTY
